/** Rules of a report's life, as data: what holds from a day on, on the district's calendar. */
export interface ReportPolicy {
  id: string;
  /** First day, YYYY-MM-DD. */
  from: string;
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
    from: '1900-01-01',
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
  const day = new Date(receivedAt).toISOString().slice(0, 10);
  return policies.findLast(({ from }) => from <= day) ?? policies[0]!;
}
