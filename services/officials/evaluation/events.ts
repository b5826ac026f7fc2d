import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { identifier, instant, longText, shortText } from '#contracts/primitives.ts';
import { formulaIds } from './formulas.ts';

const common = {
  service: 'officials',
  noun: 'dispute',
  dataClass: 'public',
  publishedBy: ['officials'],
  consumedBy: ['officials'],
} as const;

/** An officer says that a row behind his score is not his, or not true. */
export const evaluationDisputed = defineEvent({
  ...common,
  type: 'evaluation-disputed',
  action: 'evaluation.dispute',
  schema: z.object({
    disputeId: identifier,
    officerId: identifier,
    formula: z.enum(formulaIds),
    rowId: shortText,
    reason: longText.min(1),
    occurredAt: instant,
  }),
  key: (data) => data.disputeId,
  words: { vi: 'Khiếu nại một dòng đánh giá', en: 'Row of an evaluation disputed' },
});

/** A person decided a dispute. Accepted: the row is counted for the officer no more. */
export const disputeDecided = defineEvent({
  ...common,
  type: 'dispute-decided',
  action: 'evaluation.decide',
  schema: z.object({
    disputeId: identifier,
    accepted: z.boolean(),
    reason: longText.min(1),
    occurredAt: instant,
  }),
  key: (data) => data.disputeId,
  words: { vi: 'Đã quyết định khiếu nại', en: 'Dispute decided' },
});
