import { createRoute, z } from '@hono/zod-openapi';
import { caseCorrected } from '#contracts/events/epidemic/case-corrected.ts';
import { contradictions } from '#contracts/events/epidemic/case-state.ts';
import { caseStatusChanged } from '#contracts/events/epidemic/case-status-changed.ts';
import { caseChangeFaults } from '#contracts/http/epidemic.ts';
import { districtQuery, readAnswers } from '#contracts/http.ts';
import { instant } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { currentCases } from '../cases/history.ts';
import { type CaseChange, knownCase, saidOfCase } from '../cases/known-case.ts';
import { momentAsked, type ReadParts } from './questions.ts';

const change = z.discriminatedUnion('type', [
  z.object({ type: z.literal('case-corrected'), data: caseCorrected.schema, time: instant.optional() }),
  z.object({ type: z.literal('case-status-changed'), data: caseStatusChanged.schema, time: instant.optional() }),
]);

const route = createRoute({
  method: 'post',
  path: '/api/epidemic/case-changes/judgement',
  summary: 'What of corrections and changes of status cannot be with what is known of their cases; nothing is changed',
  request: {
    query: districtQuery,
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ changes: z.array(change).max(5000) }) } },
    },
  },
  responses: readAnswers(
    'what is wrong with each, in the order asked; none: nothing, or the case is not known yet',
    caseChangeFaults,
  ),
});

/** The door asks it of the events that it takes in: what is known of a case stands in the rows, and the door has none. */
export function addCaseChangeRoute(app: App, parts: ReadParts): void {
  app.openapi(route, async (context) => {
    const { district } = context.req.valid('query');
    const changes = context.req.valid('json').changes as CaseChange[];
    const { timeZone } = await momentAsked(parts, { district });
    const known = await currentCases(
      parts.database,
      district,
      changes.map(({ data }) => data.caseId),
    );
    const faults = changes.map((one) => {
      const current = known.get(one.data.caseId);
      return current ? contradictions(knownCase(current, timeZone), saidOfCase(one, timeZone)) : [];
    });
    return context.json({ faults }, 200);
  });
}
