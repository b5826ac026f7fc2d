import { createRoute, z } from '@hono/zod-openapi';
import { removalBasis } from '#contracts/events/epidemic/person-removed.ts';
import { districtQuery, problemResponses } from '#contracts/http.ts';
import { identifier, longText } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { callerOf, type Stamp } from '../../district/stamp.ts';
import { type RemovalParts, removePersonOf } from './remove.ts';
import { removeVaccinated } from './remove-vaccinated.ts';

const removalRoute = createRoute({
  method: 'post',
  path: '/api/epidemic/cases/{caseId}/removal',
  summary: 'Remove who a case was, for good',
  description: `Place, age, sex and texts of the case are removed from all its versions, and the keys by which the journal holds them are destroyed: nobody reads them again, from no rebuild and
no backup of the journal. The case stays in all counts: area, days, status and outcome are kept. It cannot be undone.`,
  request: {
    query: districtQuery,
    params: z.object({ caseId: identifier }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({ basis: removalBasis.default('request'), reason: longText.optional() }),
        },
      },
    },
  },
  responses: {
    201: {
      description: 'removed',
      content: {
        'application/json': {
          schema: z
            .object({
              sequence: z
                .number()
                .int()
                .nullable()
                .openapi({ description: 'place of the removal in the journal; null: he was removed before' }),
              keys: z.number().int().openapi({ description: 'keys that were destroyed now' }),
            })
            .openapi('PersonRemoved'),
        },
      },
    },
    ...problemResponses,
  },
});

const vaccinatedRoute = createRoute({
  method: 'post',
  path: '/api/epidemic/vaccinated/{personKey}/removal',
  summary: 'Remove who a person known by doses was, for good',
  description: `Age and products of his doses are removed from the rows, and the key by which the journal holds them is destroyed. The doses stay in all counts: area, day, number and the
age of coverage that he had reached (18, 50, 65) are kept. It cannot be undone.`,
  request: { ...removalRoute.request, params: z.object({ personKey: identifier }) },
  responses: removalRoute.responses,
});

/** The removal of a person, for who answers requests of persons. */
export function addRemovalRoute(
  app: App,
  parts: RemovalParts,
  stampOf: (district: string, caller: ReturnType<typeof callerOf>) => Promise<Stamp>,
): void {
  app.openapi(removalRoute, async (context) => {
    const { caseId } = context.req.valid('param');
    const { district } = context.req.valid('query');
    const stamped = await stampOf(district, callerOf(context));
    return context.json(await removePersonOf(parts, stamped, { caseId, ...context.req.valid('json') }), 201);
  });
  app.openapi(vaccinatedRoute, async (context) => {
    const { personKey } = context.req.valid('param');
    const { district } = context.req.valid('query');
    const stamped = await stampOf(district, callerOf(context));
    return context.json(await removeVaccinated(parts, stamped, { personKey, ...context.req.valid('json') }), 201);
  });
}
