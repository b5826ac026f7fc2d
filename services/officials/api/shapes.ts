import { z } from '@hono/zod-openapi';
import { personRoles } from '#contracts/access/roles.ts';
import { directiveStatuses } from '../directives/state.ts';
import { disputeStates } from '../evaluation/evaluate.ts';
import { formulaIds } from '../evaluation/formulas.ts';

export const officer = z
  .object({
    officerId: z.string(),
    name: z.string(),
    unit: z.string(),
    roles: z.array(z.string()),
    areaIds: z.array(z.string()),
    account: z.string().nullable().openapi({ description: 'the account by which he signs in' }),
    from: z.string(),
    until: z.string().nullable().openapi({ description: 'the first day on which he serves no more' }),
  })
  .openapi('Officer');
export const shift = z
  .object({ shiftId: z.string(), targetId: z.string(), officerId: z.string(), from: z.string(), until: z.string() })
  .openapi('Shift');
export const directive = z
  .object({
    directiveId: z.string(),
    title: z.string(),
    text: z.string(),
    areaIds: z.array(z.string()),
    units: z.array(z.string()),
    roles: z.array(z.enum(personRoles)),
    answeredBy: z.enum(['all', 'any']),
    dueAt: z.string(),
    issuedAt: z.string(),
    status: z.enum(directiveStatuses),
    overdue: z.boolean(),
    addressees: z.array(
      z.object({
        officerId: z.string(),
        name: z.string(),
        acknowledgedAt: z.string().nullable(),
        percent: z.number(),
        doneAt: z.string().nullable(),
      }),
    ),
    unanswered: z
      .array(z.string())
      .openapi({ description: 'officers from whom no word came, while one is waited for' }),
    escalatedAt: z.string().nullable(),
    withdrawnAt: z.string().nullable(),
    lawfulSteps: z.array(z.string()).openapi({ description: 'what the officer of this account may say of it now' }),
    version: z.number(),
  })
  .openapi('Directive');
const words = z.object({ vi: z.string(), en: z.string() });
export const formula = z
  .object({
    id: z.enum(formulaIds),
    version: z.number().int(),
    words,
    explanation: words,
    kind: z.enum(['share', 'median-seconds']),
    of: z.enum(['officer', 'unit']),
    source: z.string(),
    verified: z.boolean(),
  })
  .openapi('EvaluationFormula');
const score = z.object({
  formula: z.enum(formulaIds),
  version: z.number().int(),
  rows: z.number().int(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  hidden: z.boolean().openapi({ description: 'fewer rows than are told of' }),
});
const ledgerRow = z.object({
  formula: z.enum(formulaIds),
  rowId: z.string(),
  at: z.string(),
  value: z.number(),
  counts: z.boolean(),
  leftOut: z
    .enum(['caller-hung-up', 'carrier-failed', 'not-answered', 'not-our-duty', 'withdrawn'])
    .nullable()
    .openapi({ description: 'why the formula leaves it out; null: it does not' }),
  said: z.string().nullable(),
  dispute: z
    .object({
      disputeId: z.string(),
      state: z.enum(disputeStates),
      reason: z.string(),
      decision: z.string().nullable(),
    })
    .nullable(),
});
export const scores = z
  .object({
    asOf: z.string(),
    officer,
    from: z.string(),
    to: z.string(),
    fewestRows: z.number().int(),
    scores: z.array(score),
    ledger: z.array(ledgerRow),
  })
  .openapi('OfficerScores');
export const dispute = z
  .object({
    disputeId: z.string(),
    officerId: z.string(),
    formula: z.string(),
    rowId: z.string(),
    reason: z.string(),
    disputedAt: z.string(),
    disputedBy: z.string().nullable(),
    accepted: z.boolean().nullable().openapi({ description: 'null: nobody has decided' }),
    decision: z.string().nullable(),
    decidedAt: z.string().nullable(),
  })
  .openapi('Dispute');
export const journalled = { sequence: z.number(), projected: z.boolean() };
