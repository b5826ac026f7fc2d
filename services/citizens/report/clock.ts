import type { EntityData } from '#lifecycle/entity/entity.ts';
import type { EntityState } from '#lifecycle/entity/state.ts';
import { policyOf } from './policy.ts';

/** What follows from the events of a report: its clock, and how often it was closed and reopened. */
export interface ReportClock {
  /** When the clock began: receipt, or the last reopening. Another unit takes the clock over as it stands. RFC 3339. */
  clockFrom: string | null;
  /** Seconds for which the clock stood since then: the unit waited for the reporter. */
  pausedSeconds: number;
  /** When the answer is due; null while the clock stands, and while nothing was received. */
  dueAt: string | null;
  /** When the unit was reminded, by this clock; null: it was not. */
  remindedAt: string | null;
  closures: number;
  reopenings: number;
  /** Closures of which the reporter has judged the last one. */
  ratedClosures: number;
  /** Unit, moment and punctuality of the first closure: what the share of answers on time counts. */
  firstClosedAt: string | null;
  firstClosedBy: string | null;
  firstOutcome: string | null;
  firstInTime: boolean | null;
}

const none: ReportClock = {
  clockFrom: null,
  pausedSeconds: 0,
  dueAt: null,
  remindedAt: null,
  closures: 0,
  reopenings: 0,
  ratedClosures: 0,
  firstClosedAt: null,
  firstClosedBy: null,
  firstOutcome: null,
  firstInTime: null,
};

const hourMs = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** Due so many hours after the clock began, and by so much later as it stood. */
const dueOf = (clockFrom: string, answerHours: number, pausedSeconds: number) =>
  iso(Date.parse(clockFrom) + answerHours * hourMs + pausedSeconds * 1000);

/**
 * The clock of a report after an event. Pure. Routing to another unit changes nothing of it.
 *
 * @param before the state before the event; undefined: there was none @param after its status and fields after the event
 */
export function clockAfter(
  before: EntityState | undefined,
  after: EntityState,
  { type, data }: { type: string; data: EntityData },
): ReportClock & Record<string, unknown> {
  const known: ReportClock = before ? readClock(before) : none;
  if (!after.reported) return { ...known };
  const clock = { ...known };
  const moved = before !== undefined && before.status !== after.status;
  const at = Date.parse(data.occurredAt);
  const { answerHours } = policyOf(after.occurredAt);
  if (moved && after.status === 'reopened') {
    clock.reopenings += 1;
    clock.clockFrom = iso(at);
    clock.pausedSeconds = 0;
    clock.remindedAt = null;
  } else if (clock.reopenings === 0) clock.clockFrom = iso(Date.parse(after.occurredAt));
  if (moved && before.status === 'paused')
    clock.pausedSeconds += Math.max(0, Math.round((at - Date.parse(before.statusSince)) / 1000));
  clock.dueAt = after.status === 'paused' ? null : dueOf(clock.clockFrom!, answerHours, clock.pausedSeconds);
  if (moved && after.status === 'closed') {
    clock.closures += 1;
    if (clock.firstClosedAt === null) {
      clock.firstClosedAt = iso(at);
      clock.firstClosedBy = (after.unit as string | null) ?? null;
      clock.firstOutcome = (after.outcome as string | null) ?? null;
      clock.firstInTime = clock.dueAt === null ? null : at <= Date.parse(clock.dueAt);
    }
  }
  if (type === 'report-reminded') clock.remindedAt = iso(at);
  if (type === 'report-rated') clock.ratedClosures = clock.closures;
  return { ...clock };
}

/** Of a row: moments are as PostgreSQL writes them. */
function readClock(state: EntityState): ReportClock {
  const moment = (value: unknown) => (value === null || value === undefined ? null : iso(Date.parse(String(value))));
  const { pausedSeconds, closures, reopenings, ratedClosures, firstClosedBy, firstOutcome, firstInTime } = state;
  return {
    clockFrom: moment(state.clockFrom),
    pausedSeconds: Number(pausedSeconds ?? 0),
    dueAt: moment(state.dueAt),
    remindedAt: moment(state.remindedAt),
    closures: Number(closures ?? 0),
    reopenings: Number(reopenings ?? 0),
    ratedClosures: Number(ratedClosures ?? 0),
    firstClosedAt: moment(state.firstClosedAt),
    firstClosedBy: (firstClosedBy as string | null) ?? null,
    firstOutcome: (firstOutcome as string | null) ?? null,
    firstInTime: (firstInTime as boolean | null) ?? null,
  };
}
