import { programmeActor } from '#contracts/actor.ts';
import type { AnyEvent } from '#contracts/catalogue.ts';
import { committedSubject } from '#contracts/live.ts';
import { attributedEventOf } from '#contracts/new-event.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { Running } from '#platform/run.ts';
import type { ServiceParts } from '#platform/service.ts';
import type { Moment } from '../district/moment.ts';
import { type DueRow, dueEventId } from './due.ts';
import { type DueTable, nextDueMs, readDue } from './due-rows.ts';
import { type DuePorts, type Said, sayDue } from './say-due.ts';

/** An owner of due times. */
export interface DueOwner extends DueTable {
  /** Name of the service: source of what is said. */
  service: string;
  /** Every event that a due time may become: of the entity itself, on its own subject. */
  events: readonly AnyEvent[];
  /** Where a district's clock stands (district/moment.ts). */
  momentNow: (district: string) => Promise<Pick<Moment, 'instant' | 'clock' | 'exercise'>>;
}

/** The engine in one process. */
export interface DueTimes extends Running {
  /** To be called after a commit: something may be due earlier than what is waited for. */
  wake: (district: string) => void;
}

/** Longest sleep on a live clock, milliseconds: a machine that slept, or whose clock was set, finds its way again. */
const longestSleepMs = 30_000;
/** Recorded history and exercises move with what is committed; announcements get lost, so their clock is looked at now and then while something waits for it. */
const recordedLookMs = 1000;
/** Between two looks while the rows are behind the journal, milliseconds. */
const behindMs = 25;
const writtenWaitMs = 5000;
const retryMs = { first: 200, most: 5000 };

/**
 * Says what is due, in every district whose rows this process writes, on the clock of each. Sleeps until the next due time; is woken by commits. An event's `time` is when
 * it was due, its `recordedtime` where the clock of the district stood when it was said.
 *
 * @param followed the owner's projection: who leads its rows says what follows from them
 */
export function followDueTimes(
  parts: Pick<ServiceParts, 'database' | 'broker' | 'appender' | 'log'>,
  followed: Pick<FollowedProjection, 'leads' | 'onLead' | 'reached'>,
  owner: DueOwner,
): DueTimes {
  const { database, broker, log } = parts;
  const running = new Map<string, { wake: () => void; done: Promise<void> }>();
  let stopped = false;

  const run = async (district: string, sleeper: Sleeper): Promise<void> => {
    const unsayable = new Set<string>();
    let live = true;
    let exercise = false;
    const ports: DuePorts = {
      clockMs: async () => {
        const moment = await owner.momentNow(district);
        live = moment.clock === 'live';
        exercise = moment.exercise;
        return Date.parse(moment.instant);
      },
      due: (clockMs, limit) => readDue(database, owner, district, clockMs, limit),
      nextMs: (clockMs) => nextDueMs(database, owner, district, clockMs),
      say: (rows, clockMs) => say(parts, owner, { district, exercise }, rows, clockMs),
      written: (sequence) => followed.reached(district, sequence, writtenWaitMs),
      stopped: () => stopped || !followed.leads(district),
    };
    let failedMs = retryMs.first;
    while (!ports.stopped()) {
      try {
        const { nextMs, clockMs, behind } = await sayDue(ports, unsayable);
        failedMs = retryMs.first;
        if (behind) await sleeper.sleep(behindMs);
        else if (live)
          await sleeper.sleep(Math.min(nextMs === undefined ? longestSleepMs : nextMs - clockMs, longestSleepMs));
        else await sleeper.sleep(nextMs === undefined ? longestSleepMs : recordedLookMs);
      } catch (error) {
        if (ports.stopped()) break;
        log.warn(
          { reason: (error as Error).message, district, service: owner.service },
          'what is due could not be said: tried again',
        );
        await sleeper.sleep(failedMs);
        failedMs = Math.min(failedMs * 2, retryMs.most);
      }
    }
  };
  const begin = (district: string) => {
    if (stopped || running.has(district)) return running.get(district)?.wake();
    const sleeper = openSleeper();
    const done = run(district, sleeper).finally(() => {
      running.delete(district);
      // The lead may have come back while the last round ended.
      if (!stopped && followed.leads(district)) begin(district);
    });
    running.set(district, { wake: sleeper.wake, done });
  };
  const subscription = broker.connection.subscribe(committedSubject('*', '*'), {
    callback: (_error, message) => running.get(message.subject.split('.')[2]!)?.wake(),
  });
  followed.onLead(begin);
  return {
    name: `due times of ${owner.service}`,
    wake: (district) => running.get(district)?.wake(),
    stop: async () => {
      stopped = true;
      subscription.unsubscribe();
      const all = [...running.values()];
      for (const { wake } of all) wake();
      await Promise.all(all.map(({ done }) => done));
    },
  };
}

interface Sleeper {
  sleep: (milliseconds: number) => Promise<void>;
  wake: () => void;
}

/** Sleep that can be ended; a wake that comes while nobody sleeps ends the next sleep at once. */
function openSleeper(): Sleeper {
  let awake = false;
  let end = () => {};
  return {
    wake: () => {
      awake = true;
      end();
    },
    sleep: async (milliseconds) => {
      if (!awake)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, milliseconds));
          timer.unref();
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      awake = false;
    },
  };
}

/** Puts due times into the journal, each on condition of its entity's last message. */
async function say(
  { appender, log }: Pick<ServiceParts, 'appender' | 'log'>,
  { service, events }: Pick<DueOwner, 'service' | 'events'>,
  { district, exercise }: { district: string; exercise: boolean },
  rows: readonly DueRow[],
  clockMs: number,
): Promise<Said> {
  const unsayable: string[] = [];
  const messages = rows.flatMap((row) => {
    const id = dueEventId(row);
    try {
      const definition = events.find(({ type }) => type === row.type);
      if (!definition) throw new Error(`${service} says no event "${row.type}"`);
      const fact = {
        ...{ district, source: service, id, exercise, time: row.dueAt, recordedTime: new Date(clockMs).toISOString() },
        data: { ...row.data, occurredAt: row.dueAt },
      };
      const attribution = { actor: programmeActor(service), correlationId: id };
      const { message } = attributedEventOf(definition, fact, attribution);
      return [{ ...message, expectedSubjectSequence: row.headSequence }];
    } catch (error) {
      log.error(
        { err: error, district, id },
        'a due time cannot be said as it stands: it is passed over until the next start',
      );
      unsayable.push(id);
      return [];
    }
  });
  const results = await appender.appendAll(messages);
  const failed = results.find((result) => !result.ok && result.reason !== 'wrong-sequence');
  if (failed && !failed.ok) throw new Error(`${failed.reason}, ${failed.detail}`);
  return {
    said: results.filter(({ ok }) => ok).length,
    behind: results.filter(({ ok }) => !ok).length,
    unsayable,
    throughSequence: Math.max(0, ...results.map((result) => (result.ok ? result.sequence : 0))),
  };
}
