import type { Violation } from '@vungxanh/services/contracts/http/urban-order.ts';

/** How a violation stands to its legal clock: colour says it, with a sign and a word. */
export const clockStates = ['late', 'soon', 'inTime', 'none'] as const;
export type ClockState = (typeof clockStates)[number];

/** Within this time before the term it is called near, hours. */
export const nearHours = 24;
const hourMs = 3_600_000;

type Clock = Pick<Violation, 'dueAt' | 'overdue'>;

/** At an instant (milliseconds since 1970). The service says what is overdue; between two answers its term decides. */
export function clockState({ dueAt, overdue }: Clock, atMs: number): ClockState {
  if (dueAt === null) return 'none';
  const leftMs = Date.parse(dueAt) - atMs;
  if (overdue || leftMs <= 0) return 'late';
  return leftMs <= nearHours * hourMs ? 'soon' : 'inTime';
}

/** Those whose term ends first stand first, what has no term last; among equals the one that waits longest. */
export const byDeadline = (
  a: Pick<Violation, 'dueAt' | 'statusSince'>,
  b: Pick<Violation, 'dueAt' | 'statusSince'>,
): number =>
  (a.dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(a.dueAt)) -
    (b.dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(b.dueAt)) ||
  Date.parse(a.statusSince) - Date.parse(b.statusSince);
