import { readFileSync } from 'node:fs';
import { createRoute, z } from '@hono/zod-openapi';
import { districtQuery, problemResponses } from '#contracts/http.ts';
import { attributedEvent } from '#contracts/new-event.ts';
import { askedDay, bothLanguages } from '#contracts/primitives.ts';
import { appendProblem } from '#platform/command.ts';
import { findDistrictStream } from '#platform/journal.ts';
import { clockIn } from '#platform/local-time.ts';
import { Problem, unknownDistrict } from '#platform/problem.ts';
import { readKnownPlaces } from '../../district/known-places.ts';
import { callerOf } from '../../district/stamp.ts';
import { areaEvents } from '../import/area-events.ts';
import { judgeRevisions } from '../import/judge-areas.ts';
import { readHeldAreas } from '../reforms/held-areas.ts';
import { type Reform, reformRevisions } from '../reforms/reform-revisions.ts';
import { stampOf } from './area-import.ts';
import type { AddRoutes } from './service.ts';

/** Reforms as data. Their areas are named by id, so they apply wherever these areas are: in District 7 and in its exercise. */
const reforms: Reform[] = JSON.parse(readFileSync(new URL('../district7/reforms.json', import.meta.url), 'utf8'));

const route = createRoute({
  method: 'post',
  path: '/api/geography/reforms',
  summary: 'Applies a reform of borders that is known as data, and those before it that were not applied',
  request: {
    query: districtQuery.extend({
      from: askedDay.openapi({ description: 'first day of the new borders', example: '2025-07-01' }),
      dryRun: z.enum(['true', 'false']).default('false').openapi({ description: 'true: only report' }),
    }),
  },
  responses: {
    200: {
      description: 'what begins and what ends',
      content: {
        'application/json': {
          schema: z.object({
            reforms: z.array(
              z.object({
                from: z.string(),
                what: bothLanguages,
                notKnown: z.string().optional(),
                begins: z.array(z.string()),
                ends: z.array(z.string()),
              }),
            ),
            sequence: z.number().int().nullable(),
            projected: z.boolean(),
          }),
        },
      },
    },
    ...problemResponses,
  },
});

export const reformRoutes: AddRoutes = (app, parts) => {
  app.openapi(route, async (context) => {
    const { district, from, dryRun } = context.req.valid('query');
    const stream = await findDistrictStream(parts.broker, district);
    if (!stream) throw unknownDistrict(district);
    if (!reforms.some((reform) => reform.from === from))
      throw new Problem(422, 'No such reform is known', {
        errors: [{ field: 'query.from', value: from, reason: `one of ${reforms.map((one) => one.from).join(', ')}` }],
      });
    const stamped = dryRun === 'true' ? undefined : await stampOf(parts, stream, callerOf(context), undefined);
    const told: { from: string; what: Reform['what']; notKnown?: string; begins: string[]; ends: string[] }[] = [];
    let sequence: number | null = null;
    let projected = false;
    for (const reform of reforms.filter((one) => one.from <= from)) {
      const { areas, joined } = await readHeldAreas(parts.database, district, reform);
      const revisions = reformRevisions(reform, areas, (areaIds) => joined.get(areaIds.join(' ')) ?? null);
      const idsOf = (abolished: boolean) =>
        revisions.filter((one) => (one.abolished ?? false) === abolished).map(({ areaId }) => areaId);
      const { notKnown } = reform;
      told.push({
        ...{ from: reform.from, what: reform.what, begins: idsOf(false), ends: idsOf(true) },
        ...(notKnown ? { notKnown } : {}),
      });
      const faulty = judgeRevisions(revisions, {
        clock: clockIn(new Date(stamped?.now ?? parts.now()), stream.timeZone),
        places: await readKnownPlaces(parts.database, district),
      }).refused;
      if (faulty.length > 0)
        throw new Problem(422, 'The reform does not fit the areas that are known', {
          vietnamese: { title: 'Đợt sắp xếp không khớp với các khu vực đã biết' },
          errors: faulty.flatMap(({ revision, faults }) =>
            faults.map((fault) => ({ ...fault, field: `${revision.areaId}.${fault.field}` })),
          ),
        });
      if (!stamped || revisions.length === 0) continue;
      const results = await parts.appender.appendAll(
        areaEvents(revisions, stamped).map((event) => attributedEvent(event, stamped).message),
      );
      const refused = results.find((result) => !result.ok);
      if (refused && !refused.ok) throw appendProblem(refused);
      sequence = Math.max(0, ...results.map((result) => (result.ok ? result.sequence : 0)));
      // The next reform is of the borders that this one made.
      projected = await parts.projected(district, sequence);
    }
    return context.json({ reforms: told, sequence, projected }, 200);
  });
};
