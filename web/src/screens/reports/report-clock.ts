/** A report of a citizen, as a list has it. */
export interface Report {
  reportId: string;
  topic: string;
  status: string;
  unit: string | null;
  occurredAt: string;
  dueAt: string | null;
  areaId: string | null;
  address: string | null;
}

/** Milliseconds until the answer is due, negative when it is over; undefined: the clock stands, or there is none. */
export const leftMs = ({ status, dueAt }: Pick<Report, 'status' | 'dueAt'>, atMs: number): number | undefined =>
  status === 'closed' || dueAt === null ? undefined : Date.parse(dueAt) - atMs;

/** What is due first stands first; what has no time stands last, the newest first. */
export const byClock = (one: Report, other: Report): number => {
  const [first, second] = [leftMs(one, 0), leftMs(other, 0)];
  if (first !== undefined && second !== undefined) return first - second;
  if (first === undefined && second === undefined) return one.occurredAt < other.occurredAt ? 1 : -1;
  return first === undefined ? 1 : -1;
};
