import { setTimeout as sleep } from 'node:timers/promises';
import { programmeActor } from '#contracts/actor.ts';
import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { Attribution } from '#contracts/new-event.ts';
import { appendProblem } from '#platform/command.ts';
import { lastMessage, streamOf } from '#platform/journal.ts';
import { Problem } from '#platform/problem.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { newestKnown } from '../case-history/moment.ts';
import { type Stamp, stamp, stampedEvent } from '../district/stamp.ts';
import type { ScenarioEnd } from './projection.ts';
import type { RunRow } from './reads/runs.ts';

export interface JournalParts extends Pick<ServiceParts, 'database' | 'broker' | 'appender' | 'now' | 'newId'> {
  projection: FollowedProjection;
}

const projectionWaitMs = 5000;
/** NATS takes messages up to 1 MB; a result beyond this is not tried. */
export const largestMessageBytes = 900_000;

/** Clock, id and actor of what is said of a run. */
export const stampOf = (parts: JournalParts, district: string, attribution: Attribution): Promise<Stamp> =>
  stamp(parts, district, attribution, (of) => newestKnown(parts.database, of));

/** This programme speaks for itself: of the request that a run was asked for by, else of nothing that anybody knows. */
export const ownAttribution = (correlationId: string, causationId?: string): Attribution => ({
  actor: programmeActor('ml'),
  correlationId,
  ...(causationId === undefined ? {} : { causationId }),
});

/** What the end of a run came from: the event by which it was asked for. One that was journalled before correlation ids existed begins a new one. */
export async function causeOf(
  { broker, newId }: Pick<JournalParts, 'broker' | 'newId'>,
  run: RunRow,
): Promise<Attribution> {
  const asked = await lastMessage<CloudEvent>(
    broker,
    streamOf(run.district),
    `vx.${run.district}.ml.scenario.${run.runId}`,
  );
  return ownAttribution(asked?.event.correlationid ?? newId(), asked?.event.id);
}

/** Says that a run is wanted, and waits for its row. Throws a Problem when the journal does not take it. */
export async function appendRequested(
  parts: JournalParts,
  stamped: Stamp,
  data: EventData<'scenario-requested'>,
): Promise<void> {
  const id = `scenario-requested-${data.runId}`;
  const { message } = stampedEvent(stamped, { type: 'scenario-requested', source: 'ml', id, data });
  const result = await parts.appender.append({ ...message, expectedSubjectSequence: 0 });
  if (!result.ok) throw appendProblem(result);
  if (!(await parts.projection.reached(stamped.district, result.sequence, projectionWaitMs)))
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
export async function appendEnd<Type extends ScenarioEnd>(
  parts: JournalParts,
  run: RunRow,
  type: Type,
  data: EventData<Type>,
  attribution: Attribution,
): Promise<boolean> {
  const stamped = await stampOf(parts, run.district, attribution);
  const { message } = stampedEvent(stamped, { type, source: 'ml', id: `${type}-${run.runId}`, data });
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

/**
 * PostgreSQL or the journal does not answer now: classes 08, 53, 57, a schema that is being rebuilt (3F000, 42P01, 42501), errors of sockets,
 * a Problem 503.
 */
function isAway(error: unknown): boolean {
  if (error instanceof Problem) return error.status === 503;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|53|57|ECONN|EPIPE|ENOENT|ETIMEDOUT|3F000|42P01|42501)/.test(code) ||
    /Connection terminated|timeout exceeded/.test(message)
  );
}
