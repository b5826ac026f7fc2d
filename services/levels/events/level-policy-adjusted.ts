import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { day, identifier, longText, shortText } from '#contracts/primitives.ts';
import { policyId } from './level-declared.ts';

const rate = z.number().positive().max(100_000).nullable();
const cuts = z.tuple([rate, rate, rate]);
const share = z.number().min(0).max(1);
const hours = z.number().int().min(0).max(720);

/** The numbers that a locality decided otherwise. Left out, and null between cuts: as the policy has it. */
export const adjustedNumbers = z.object({
  cuts: z.object({ cases: cuts.optional(), 'on-oxygen': cuts.optional(), deaths: cuts.optional() }).optional(),
  shares: z.record(identifier, share).optional(),
  noticeHours: z.object({ raise: hours.optional(), lower: hours.optional() }).optional(),
});

/** A locality adjusts a policy from a day on: signed, with the document and the reason. */
export const levelPolicyAdjusted = defineEvent({
  type: 'level-policy-adjusted',
  service: 'levels',
  noun: 'adjustment',
  dataClass: 'public',
  action: 'level.adjust-policy',
  schema: adjustedNumbers.extend({
    adjustmentId: identifier,
    policyId,
    from: day,
    until: day.nullable(),
    signedBy: shortText,
    document: shortText,
    reason: longText.min(1),
  }),
  dates: {
    fields: {
      from: { daysAhead: 366 },
      until: { daysAhead: null, notBefore: { field: 'from', words: { vi: 'ngày bắt đầu', en: 'from' } } },
    },
  },
  key: (data) => data.policyId,
  publishedBy: ['levels'],
  consumedBy: ['levels'],
  words: { vi: 'Điều chỉnh tiêu chí cấp độ dịch', en: 'Level policy adjusted' },
});
