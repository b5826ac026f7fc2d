import { createRoute, z } from '@hono/zod-openapi';
import { policiesAnswer, policyIds, totalsAnswer, totalsRequest } from '#contracts/http/levels.ts';
import { asOfQuery, conflictResponses, districtQuery, problemResponses, readAnswers } from '#contracts/http.ts';
import { day, longText, shortText } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { appendProblem } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';
import { newestKnown } from '../../case-history/moment.ts';
import { callerOf, stamp, stampedFact } from '../../district/stamp.ts';
import { readAdjustments } from '../declared/read-declarations.ts';
import { adjustedNumbers, levelPolicyAdjusted } from '../events/level-policy-adjusted.ts';
import { policyFaceOf } from '../explain.ts';
import { levelMoment } from '../moment.ts';
import type { LevelParts } from '../parts.ts';
import { adjusted, type PolicyAdjustment, policies, policyById, policyOn } from '../policies/in-force.ts';
import type { LevelPolicy } from '../policies/policy.ts';
import { checkTotals } from '../totals/check-totals.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/levels/policies',
  summary: 'The policies of levels as a district has them: documents, notice, who assesses and decides, adjustments',
  request: { query: asOfQuery },
  responses: readAnswers('policies, oldest first, and which is in force', policiesAnswer),
});

const adjustRequest = adjustedNumbers.extend({
  from: day,
  until: day.nullable().default(null),
  signedBy: shortText,
  document: shortText,
  reason: longText.min(1),
});

const adjustRoute = createRoute({
  method: 'post',
  path: '/api/levels/policies/{id}/adjustments',
  summary: 'What the locality decided otherwise, from a day on: signed, with document and reason',
  request: {
    params: z.object({ id: z.enum(policyIds) }),
    query: districtQuery,
    body: { required: true, content: { 'application/json': { schema: adjustRequest } } },
  },
  responses: {
    201: { description: 'the policies as they are now', content: { 'application/json': { schema: policiesAnswer } } },
    ...problemResponses,
    ...conflictResponses,
  },
});

const totalsRoute = createRoute({
  method: 'post',
  path: '/api/levels/totals',
  summary: 'Whether published counts by level are their total',
  request: { body: { required: true, content: { 'application/json': { schema: totalsRequest } } } },
  responses: readAnswers('the sum, and what it differs by', totalsAnswer),
});

const projectionWaitMs = 5000;

export function addPolicyRoutes(app: App, parts: LevelParts): void {
  const { database } = parts;
  const answer = async (question: { district: string; asOf?: string | undefined }) => {
    const moment = await levelMoment(database, question, parts.now());
    const adjustments = await readAdjustments(database, question);
    return {
      items: policies.map((policy) => policyFaceOf(adjusted(policy, adjustments, moment.day), adjustments, moment.day)),
      inForce: policyOn(moment.day)?.id ?? null,
    };
  };
  app.openapi(listRoute, async (context) => context.json(await answer(context.req.valid('query')), 200));

  app.openapi(adjustRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { district } = context.req.valid('query');
    const asked = context.req.valid('json');
    const known = await readAdjustments(database, { district });
    assertSound(policyById(id), [...known, { ...asked, policyId: id }], asked.from);
    const stamped = await stamp(parts, district, callerOf(context), (of) => newestKnown(database, of));
    const { message } = stampedFact(stamped, levelPolicyAdjusted, {
      source: 'levels',
      data: { ...asked, adjustmentId: stamped.eventId, policyId: id },
    });
    const result = await parts.appender.append(message);
    if (!result.ok) throw appendProblem(result);
    await parts.projection.reached(district, result.sequence, projectionWaitMs);
    return context.json(await answer({ district }), 201);
  });

  app.openapi(totalsRoute, (context) => context.json(checkTotals(context.req.valid('json')), 200));
}

/**
 * Bands that do not rise would put an area into two of them.
 *
 * @throws Problem 422
 */
function assertSound(policy: LevelPolicy, adjustments: readonly PolicyAdjustment[], from: string): void {
  const then = adjusted(policy, adjustments, from);
  if (then.kind !== 'matrix') return;
  for (const { measure, cuts } of then.transmission) {
    const numbers = cuts.flatMap(({ at }) => at ?? []);
    if (numbers.some((at, index) => index > 0 && at <= numbers[index - 1]!)) {
      const words = { vi: 'các ngưỡng phải tăng dần', en: 'each bound above the one before' };
      throw new Problem(422, 'The request does not fit', {
        errors: [{ field: `json.cuts.${measure}`, value: numbers, reason: words.en, words }],
      });
    }
  }
}
