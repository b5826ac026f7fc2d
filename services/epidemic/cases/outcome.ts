import { isOutcome } from '#contracts/events/epidemic/case-state.ts';
import { type Registers, withStatement } from '../../district/registers.ts';
import { isChange } from '../../district/statement-order.ts';

/** A status of a case. `since`: RFC 3339. */
export interface StatedStatus {
  status: string;
  since: string;
}

/** What is kept of the statuses that were said of a case. */
export interface StatusDetails {
  /** The one that stands last. */
  status: StatedStatus;
  /** The one that stands last of those that are no outcome, where an outcome stands above it. It holds when the outcome cannot be. */
  course: StatedStatus;
}

type StatusRegisters = Registers<StatusDetails>;
type Status = NonNullable<StatusRegisters['status']>;

/** A change to an outcome says a day on which the case ended. That of a confirmation says none: its day is the confirmation's. */
const endsCase = ({ order, value }: Status): boolean => isChange(order) && isOutcome(value.status);

/** The registers after a status was said. The same statements in any order make the same. Pure. */
export function withStatus<Said extends StatusRegisters>(before: Said, value: StatedStatus, order: string): Said {
  const said = { order, value };
  const { status } = withStatement<StatusDetails>({ status: before.status }, { status: value }, order);
  const { course: _course, ...rest } = before;
  if (!endsCase(status!)) return { ...rest, status } as Said;
  const course = [before.course, before.status, said]
    .filter((one) => one !== undefined && !endsCase(one))
    .reduce((one, other) => (one && (!other || one.order >= other.order) ? one : other), undefined);
  return { ...rest, status, ...(course ? { course } : {}) } as Said;
}

/** The zone that is furthest ahead of UTC: its day is the latest that an instant has anywhere. */
const furthestAheadMs = 14 * 3_600_000;

/**
 * An instant (RFC 3339) is before a day (YYYY-MM-DD) in every time zone. Rows follow from events alone, which do not say the zone of their district: the door, which knows it, refuses an outcome of the evening
 * before, too.
 */
export const isBeforeDay = (instant: string, day: string): boolean =>
  new Date(Date.parse(instant) + furthestAheadMs).toISOString().slice(0, 10) < day;

/** An outcome that was said and does not count, because the case began after it. */
export interface ImpossibleOutcome extends StatedStatus {
  /** The day of the onset, YYYY-MM-DD. */
  onsetDate: string;
}

/** The outcome that was said last, where it is before the onset of its case; else undefined. Pure. */
export function impossibleOutcome(
  { status }: StatusRegisters,
  onsetDate: string | undefined,
): ImpossibleOutcome | undefined {
  if (!status || onsetDate === undefined || !endsCase(status)) return undefined;
  return isBeforeDay(status.value.since, onsetDate) ? { ...status.value, onsetDate } : undefined;
}

/** The registers as they are without the outcome that was said last. Pure. */
export function withoutOutcome<Said extends StatusRegisters>({ status: _status, course, ...rest }: Said) {
  return { ...rest, ...(course ? { status: course } : {}) };
}
