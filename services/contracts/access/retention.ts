import { holdsAt, type Span } from '../dated-rule.ts';
import type { Words } from '../words.ts';

/** What is kept of persons, by whose it is. `by`: the service that removes them by itself when a period is over; null: none does. */
export const retentionClasses = {
  'case-identity': {
    words: { vi: 'Ca bệnh: nơi ở, tuổi, giới tính, ghi chú', en: 'Cases: place, age, sex and texts' },
    counted: {
      vi: 'từ ngày cuối cùng có thông tin về ca',
      en: 'from the last day on which something was said of the case',
    },
    by: 'epidemic',
  },
  'vaccinated-identity': {
    words: { vi: 'Người đã tiêm: tuổi, loại vắc xin', en: 'Vaccinated persons: age and product' },
    counted: {
      vi: 'từ ngày cuối cùng có thông tin về mũi tiêm của người đó',
      en: 'from the last day on which a dose of his was given or told of',
    },
    by: 'epidemic',
  },
  'reporter-identity': {
    words: {
      vi: 'Người phản ánh: tên, số liên lạc, lời viết và ảnh',
      en: 'Reporters: names, numbers, their words and pictures',
    },
    counted: {
      vi: 'từ ngày cuối cùng có thông tin về phản ánh đã trả lời; phản ánh chưa trả lời được giữ',
      en: 'from the last day on which something was said of an answered report; one that is not answered is kept',
    },
    by: 'citizens',
  },
  'caller-identity': {
    words: { vi: 'Người gọi: số máy, vị trí, câu trả lời', en: 'Callers: number, place and answers' },
    counted: {
      vi: 'từ ngày cuối cùng có thông tin về cuộc gọi',
      en: 'from the last day on which something was said of the call',
    },
    by: 'hotline',
  },
  'audit-ledger': {
    words: { vi: 'Sổ ghi ai đã xem và thay đổi', en: 'Ledger of who looked and changed' },
    counted: { vi: 'không tự xóa', en: 'nothing removes it' },
    by: null,
  },
} as const satisfies Record<string, { words: Words; counted: Words; by: string | null }>;

export type RetentionClass = keyof typeof retentionClasses;

/** How long persons of a class may be kept, and while which days. */
export interface Retention extends Span {
  /** Of what is kept. */
  class: RetentionClass;
  /** Whole days of the district after the last one that counts (`counted`); null: until somebody asks for removal. */
  periodDays: number | null;
  /** Where the period comes from. */
  source: Words;
  /** Whether the text that it follows from was read by us. */
  verified: boolean;
}

const notDecided = (of: RetentionClass): Retention => ({
  ...{ class: of, from: null, until: null, periodDays: null, verified: false },
  source: { vi: 'địa bàn chưa quyết định', en: 'the district has not decided' },
});

/**
 * Periods as policy, newest last of each class. Carried out once on each day of a real district (services/district/keep-retention.ts): exercises have made-up persons. No period
 * that the law gives was verified (docs/privacy.md), so none is set: a controller sets his own here.
 */
export const retentionPolicy: readonly Retention[] = (Object.keys(retentionClasses) as RetentionClass[]).map(
  notDecided,
);

/**
 * What holds for a class at an instant. Pure.
 *
 * @param at RFC 3339
 * @returns undefined: nothing was decided for then, so that they are kept
 */
export const retentionAt = (
  of: RetentionClass,
  at: string,
  policy: readonly Retention[] = retentionPolicy,
): Retention | undefined => policy.findLast((rule) => rule.class === of && holdsAt(rule, at));

/** What holds now, as it is told to whoever looks after the product. Pure. @param at RFC 3339 */
export const toldRetention = (at: string, policy: readonly Retention[] = retentionPolicy) =>
  (Object.keys(retentionClasses) as RetentionClass[]).map((of) => {
    const { periodDays = null, source = null, verified = false } = retentionAt(of, at, policy) ?? {};
    const { words, counted, by } = retentionClasses[of];
    return { class: of, words, periodDays, counted, removedBy: by, source, verified };
  });
