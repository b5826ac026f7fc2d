import { createRoute, z } from '@hono/zod-openapi';
import { catalogue, type EventData, type EventType } from '#contracts/catalogue.ts';
import { caseCorrection } from '#contracts/events/epidemic/case-corrected.ts';
import { caseStatusChange } from '#contracts/events/epidemic/case-status-changed.ts';
import { conflictResponses, districtQuery, problemResponses } from '#contracts/http.ts';
import type { Attribution } from '#contracts/new-event.ts';
import { identifier } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { appendProblem, etagOf, runCommand } from '#platform/command.ts';
import { newestSequence, streamOf } from '#platform/journal.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { callerOf, type Stamp, stamp, stampedEvent } from '../district/stamp.ts';
import { decideCase } from './cases/decide.ts';
import type { CaseVersion } from './cases/evolve.ts';
import { currentCase } from './cases/history.ts';
import { newestKnown } from './moment.ts';

const source = '/epidemic';
const receipt = z
  .object({
    sequence: z.number().int().openapi({ description: 'place in the journal: the fact is on disk' }),
    projected: z.boolean().openapi({ description: 'the rows have it too; false: they will in a moment' }),
    eventId: z.string(),
  })
  .openapi('CommandReceipt');
const ifMatch = z.object({
  'if-match': z.string().optional().openapi({ description: 'ETag of the state that the change was made on' }),
});
const done = {
  201: { description: 'in the journal', content: { 'application/json': { schema: receipt } } },
  ...problemResponses,
  ...conflictResponses,
};

/** Commands of people's screens. Each decides on the state as it is, and appends on condition that nobody was faster. */
export function addCommandRoutes(app: App, parts: ServiceParts, projection: FollowedProjection): void {
  const { database, appender, broker } = parts;
  const stampOf = (district: string, caller: Attribution) =>
    stamp(parts, district, caller, (of) => newestKnown(database, of));
  const projected = (district: string) => (sequence: number) => projection.reached(district, sequence, 2000);

  const caseCommand = async <Type extends 'case-confirmed' | 'case-status-changed' | 'case-corrected'>(
    stamped: Stamp,
    type: Type,
    data: EventData<Type>,
    match: string | undefined,
  ) => {
    const { district } = stamped;
    const { message, event } = stampedEvent(stamped, { type, source, data });
    const result = await runCommand<CaseVersion>({
      // The subject moves with a fact that is sent again, and with one that waits for its case: neither is a version.
      readHead: async () => {
        const newest = await newestSequence(broker, streamOf(district), message.subject);
        if (newest !== undefined) await projected(district)(newest);
        return newest ?? 0;
      },
      read: async () => {
        const state = await currentCase(database, district, data.caseId);
        return state && { state, sequence: state.sequence };
      },
      ifMatch: match,
      decide: (current) => {
        decideCase(current?.state, type, data, stamped.timeZone);
        return message;
      },
      appender,
      projected: projected(district),
    });
    return {
      headers: { etag: result.etag },
      body: { sequence: result.sequence, projected: result.projected, eventId: event.id },
    };
  };

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/epidemic/cases',
      summary: 'Report a case',
      request: {
        query: districtQuery,
        headers: ifMatch,
        body: { required: true, content: { 'application/json': { schema: catalogue['case-confirmed'].schema } } },
      },
      responses: done,
    }),
    async (context) => {
      const { headers, body } = await caseCommand(
        await stampOf(context.req.valid('query').district, callerOf(context)),
        'case-confirmed',
        context.req.valid('json'),
        context.req.valid('header')['if-match'],
      );
      return context.json(body, 201, {
        ...headers,
        location: `/api/epidemic/cases/${context.req.valid('json').caseId}`,
      });
    },
  );

  const changes = [
    ['status', 'Change the status of a case', 'case-status-changed', caseStatusChange.omit({ caseId: true })],
    ['correction', 'Correct details of a case', 'case-corrected', caseCorrection.omit({ caseId: true })],
  ] as const;
  for (const [path, summary, type, schema] of changes)
    app.openapi(
      createRoute({
        method: 'post',
        path: `/api/epidemic/cases/{caseId}/${path}`,
        summary,
        request: {
          query: districtQuery,
          headers: ifMatch,
          params: z.object({ caseId: identifier }),
          body: {
            required: true,
            content: {
              'application/json': { schema },
            },
          },
        },
        responses: done,
      }),
      async (context) => {
        const { caseId } = context.req.valid('param');
        const data = { ...(context.req.valid('json') as object), caseId } as EventData<typeof type>;
        const { headers, body } = await caseCommand(
          await stampOf(context.req.valid('query').district, callerOf(context)),
          type,
          data,
          context.req.valid('header')['if-match'],
        );
        return context.json(body, 201, headers);
      },
    );

  // Facts without a life of their own: nothing to be faster than.
  const facts = [
    ['doses', 'Record doses', 'dose-administered'],
    ['capacity', 'Report the capacity of a facility', 'capacity-reported'],
    ['counts', 'Publish a count', 'case-count-published'],
    ['vaccination', 'Publish cumulative vaccination', 'vaccination-count-published'],
  ] as const satisfies readonly (readonly [string, string, EventType])[];
  for (const [path, summary, type] of facts)
    app.openapi(
      createRoute({
        method: 'post',
        path: `/api/epidemic/${path}`,
        summary,
        request: {
          query: districtQuery,
          body: { required: true, content: { 'application/json': { schema: catalogue[type].schema } } },
        },
        responses: done,
      }),
      async (context) => {
        const { district } = context.req.valid('query');
        const stamped = await stampOf(district, callerOf(context));
        const { message, event } = stampedEvent(stamped, { type, source, data: context.req.valid('json') });
        const result = await appender.append(message);
        if (!result.ok) throw appendProblem(result);
        const inRows = await projected(district)(result.sequence);
        return context.json({ sequence: result.sequence, projected: inRows, eventId: event.id }, 201, {
          etag: etagOf(result.sequence),
        });
      },
    );
}
