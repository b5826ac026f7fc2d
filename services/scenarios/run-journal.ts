import { setTimeout as sleep } from 'node:timers/promises';
import type { EventData } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/new-event.ts';
import type { Broker } from '#platform/broker.ts';
import { appendProblem } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type Moment, momentOf } from '../case-history/moment.ts';
import type { ScenarioEnd } from './projection.ts';
import type { RunRow } from './reads/runs.ts';

export interface JournalParts extends Pick<ServiceParts, 'database' | 'appender' | 'now'> {
  projection: FollowedProjection;
}

const projectionWaitMs = 5000;
/** NATS takes messages up to 1 MB; a result beyond this is not tried. */
export const largestMessageBytes = 900_000;

/** Says that a run is wanted, and waits for its row. Throws a Problem when the journal does not take it. */
export async function sayRequested(
  parts: JournalParts,
  moment: Moment,
  data: EventData<'scenario-requested'>,
): Promise<void> {
  const { message } = newEvent({
    type: 'scenario-requested',
    district: moment.district,
    source: 'ml',
    id: `scenario-requested-${data.runId}`,
    time: moment.clockTime,
    recordedTime: moment.clockTime,
    exercise: moment.exercise,
    data,
  });
  const result = await parts.appender.append({ ...message, expectedSubjectSequence: 0 });
  if (!result.ok) throw appendProblem(result);
  if (!(await parts.projection.reached(moment.district, result.sequence, projectionWaitMs)))
    throw new Problem(503, 'Not available now', {
      detail:
        'The run is in the journal and will be done; its row has not followed yet. Send the same request again to hear of it.',
      headers: { 'retry-after': '2' },
    });
}

/**
 * Says how a run ended, on condition that nobody has ended it: false when somebody was faster, or its district is gone.
 * Throws a Problem when the journal does not answer.
 */
export async function sayEnd<Type extends ScenarioEnd>(
  parts: JournalParts,
  run: RunRow,
  type: Type,
  data: EventData<Type>,
): Promise<boolean> {
  const moment = await momentOf(parts.database, run.district, undefined, parts.now());
  const { message } = newEvent({
    type,
    district: run.district,
    source: 'ml',
    id: `${type}-${run.runId}`,
    time: moment.clockTime,
    recordedTime: moment.clockTime,
    exercise: moment.exercise,
    data,
  });
  const bytes = Buffer.byteLength(message.payload);
  if (bytes > largestMessageBytes)
    throw new RangeError(
      `the result must be at most ${largestMessageBytes} bytes, got ${bytes}: ask for fewer days or scenarios`,
    );
  const result = await parts.appender.append({ ...message, expectedSubjectSequence: run.requestedSequence });
  if (!result.ok && result.reason === 'wrong-sequence') return false;
  if (!result.ok) throw appendProblem(result);
  await parts.projection.reached(run.district, result.sequence, projectionWaitMs);
  return true;
}

/** Sequence of the newest message on the subjects, or 0. */
export async function lastSequenceOf(broker: Broker, stream: string, filter: string): Promise<number> {
  try {
    const message = await broker.manager.streams.getMessage(stream, { last_by_subj: filter });
    return message?.seq ?? 0;
  } catch (error) {
    if (/no message found/i.test((error as Error).message)) return 0;
    throw error;
  }
}

const retryMs = 2000;

/** Does it again while a server it needs is away, until it is there or the signal says so. Other errors are thrown. */
export async function persistently<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
  failed: (error: Error) => void,
): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isAway(error)) throw error;
      failed(error as Error);
      await sleep(retryMs, undefined, { signal, ref: false });
    }
  }
}

/** PostgreSQL or the journal does not answer now: classes 08, 53, 57, errors of sockets, a Problem 503. */
function isAway(error: unknown): boolean {
  if (error instanceof Problem) return error.status === 503;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|53|57|ECONN|EPIPE|ENOENT|ETIMEDOUT|3F000|42P01)/.test(code) ||
    /Connection terminated|timeout exceeded/.test(message)
  );
}
