import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { identifier } from '../../primitives.ts';
import { planResult, scenarioResult } from '../../scenarios.ts';
import { runShape, scenarioEnd } from './scenario-end.ts';

/** A run's result, rounded to four digits. Of the comparison and the plan, the one that was asked for. */
export const scenarioCompleted = defineEvent({
  ...scenarioEnd,
  type: 'scenario-completed',
  action: 'scenario.run',
  words: { vi: 'Kịch bản đã có kết quả', en: 'Scenario result is there' },
  live: { feed: 'scenarios', entity: ['runId'], values: ['kind'] },
  schema: z
    .object({
      ...runShape,
      /** Of what was really computed from: what was learned after the request with an earlier time of knowledge counts. */
      inputHash: identifier,
      dataHash: identifier,
      codeVersion: z.string().min(1).max(80),
      /** How long it was computed. */
      seconds: z.number().min(0).optional(),
      comparison: scenarioResult.optional(),
      plan: planResult.optional(),
    })
    .check((context) => {
      const { kind, comparison, plan } = context.value;
      if ((kind === 'comparison') !== (comparison !== undefined) || (kind === 'plan') !== (plan !== undefined))
        context.issues.push({
          code: 'custom',
          path: [kind],
          input: undefined,
          message: `the result of a ${kind}, and no other`,
          params: { vi: `phải là kết quả của ${kind}` },
        });
    }),
  key: (data) => data.runId,
});
