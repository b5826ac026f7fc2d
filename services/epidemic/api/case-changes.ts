import { createRoute, z } from '@hono/zod-openapi';
import { caseConfirmed } from '#contracts/events/epidemic/case-confirmed.ts';
import { caseCorrected } from '#contracts/events/epidemic/case-corrected.ts';
import { caseStatusChanged } from '#contracts/events/epidemic/case-status-changed.ts';
import { caseChangeFaults } from '#contracts/http/epidemic.ts';
import { districtQuery, readAnswers } from '#contracts/http.ts';
import { instant } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import type { CaseEvent } from '../cases/evolve.ts';
import { currentCases } from '../cases/history.ts';
import { judgeInOrder } from '../cases/judge-in-order.ts';
import { momentAsked, type ReadParts } from './questions.ts';

/** What orders the event among the others of its case; left out: it is told now. */
const stated = {
  id: z.string(),
  source: z.string(),
  time: instant,
  recordedtime: instant,
  authid: z.string(),
  authtype: z.string(),
};
const order = z.object(stated).partial().shape;
const change = z.discriminatedUnion('type', [
  z.object({ type: z.literal('case-confirmed'), data: caseConfirmed.schema, ...order }),
  z.object({ type: z.literal('case-corrected'), data: caseCorrected.schema, ...order }),
  z.object({ type: z.literal('case-status-changed'), data: caseStatusChanged.schema, ...order }),
]);

const route = createRoute({
  method: 'post',
  path: '/api/epidemic/case-changes/judgement',
  summary:
    'What of corrections and changes of status cannot be with what is known of their cases and with what stands before them in the request; nothing is changed',
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
    const { changes } = context.req.valid('json');
    const { timeZone, instant: now } = await momentAsked(parts, { district });
    const known = await currentCases(
      parts.database,
      district,
      changes.map(({ data }) => data.caseId),
    );
    const faults = judgeInOrder(
      known,
      changes.map(
        (one, index) => ({ source: '', id: String(index), time: now, recordedtime: now, ...one }) as CaseEvent,
      ),
      timeZone,
    );
    return context.json({ faults }, 200);
  });
}
