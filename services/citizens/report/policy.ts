import { holdsAt, type Span } from '#contracts/dated-rule.ts';

/** Rules of a report's life, as data, and when they hold. */
export interface ReportPolicy extends Span {
  id: string;
  /** Hours from receipt to the answer; after them a leader reminds the unit. */
  answerHours: number;
  /** A report may be reopened so many days after its closure, and so often. The clock then begins anew. */
  reopenDays: number;
  mostReopenings: number;
  source: string;
  verified: boolean;
}

/** Newest last. */
export const reportPolicies: readonly ReportPolicy[] = [
  {
    id: 'reports-2021',
    from: null,
    until: null,
    answerHours: 48,
    reopenDays: 15,
    mostReopenings: 2,
    source:
      'Quận 7: “48 giờ mà chưa xử lý thì lãnh đạo sẽ nhắc ngay” (the district’s own words). Days and number of reopenings are ours: the city’s 1022 reopens what was not fixed (QĐ 1478/QĐ-UBND, 2020-05-04), and its bounds were not found.',
    verified: false,
  },
];

/** The policy of a report that was received at an instant. @param receivedAt RFC 3339 */
export function policyOf(receivedAt: string, policies: readonly ReportPolicy[] = reportPolicies): ReportPolicy {
  return policies.findLast((policy) => holdsAt(policy, receivedAt)) ?? policies[0]!;
}
