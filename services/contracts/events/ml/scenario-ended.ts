import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { identifier, longText } from '../../primitives.ts';
import { planResult, scenarioResult } from '../../scenarios.ts';

const run = { runId: identifier, kind: z.enum(['comparison', 'plan']) };
const said = {
  service: 'ml',
  noun: 'scenario',
  dataClass: 'aggregate',
  key: (data: { runId: string }) => data.runId,
  saidBy: ['ml'],
  heardBy: ['ml', 'live'],
} as const;
const people = { saidBy: [...said.saidBy], heardBy: [...said.heardBy] };

/** A run's result, rounded to four digits. Of the comparison and the plan, the one that was asked for. */
export const scenarioCompleted = defineEvent({
  ...said,
  ...people,
  type: 'scenario-completed',
  action: 'scenario.run',
  schema: z
    .object({
      ...run,
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
        });
    }),
});

/** Somebody wants it no more. */
export const scenarioCancelled = defineEvent({
  ...said,
  ...people,
  type: 'scenario-cancelled',
  action: 'scenario.cancel',
  schema: z.object(run),
});

/** It cannot be done, by name. */
export const scenarioFailed = defineEvent({
  ...said,
  ...people,
  type: 'scenario-failed',
  action: 'scenario.run',
  schema: z.object({ ...run, reason: identifier, detail: longText }),
});
