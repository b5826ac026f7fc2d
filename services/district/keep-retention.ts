import { type Retention, type RetentionClass, retentionAt } from '#contracts/access/retention.ts';
import { programmeActor } from '#contracts/actor.ts';
import { addDays } from '#contracts/days.ts';
import type { Attribution } from '#contracts/new-event.ts';
import type { Broker } from '#platform/broker.ts';
import { listDistrictStreams } from '#platform/journal.ts';
import { localDay } from '#platform/local-time.ts';
import type { Log } from '#platform/log.ts';

/** How often it is looked whether a district has another day, milliseconds. */
const lookMs = 10 * 60_000;
/** After the start, when the rows have had time to follow the journal, milliseconds. */
const firstLookMs = 60_000;
/** Persons of a class that are removed in one go; the next go takes the others. */
const mostAtOnce = 500;

/** The removal of a class of persons, by the service whose rows they are in. */
export interface RetentionDuty {
  class: RetentionClass;
  /** Ids of those of whom nothing was said after a local day, and whom the rows still name; `most` at most. */
  over: (district: string, until: { lastDay: string; timeZone: string; most: number }) => Promise<string[]>;
  /** Ids of those whose removal may have been broken off: the journal says it, and their keys are still there. */
  unfinished: (district: string) => Promise<string[]>;
  /** Removes one: to be asked again does no harm. */
  remove: (
    district: string,
    id: string,
    said: { basis: 'retention'; reason: string },
    by: Attribution,
  ) => Promise<unknown>;
}

export interface RetentionParts {
  /** Who removes. */
  service: string;
  duties: readonly RetentionDuty[];
  policy: readonly Retention[];
  broker: Broker;
  /** This process writes the rows of the district: of several copies one removes. */
  leads: (district: string) => boolean;
  now: () => Date;
  log: Log;
}

/**
 * The last day on which something was said of persons whose time is over. Pure.
 *
 * @param today local day of the district, YYYY-MM-DD
 * @returns undefined: they are kept until somebody asks
 */
export const lastDayOver = (rule: Pick<Retention, 'periodDays'> | undefined, today: string): string | undefined =>
  typeof rule?.periodDays === 'number' ? addDays(today, -rule.periodDays - 1) : undefined;

/**
 * Removes whose time is over, once on each day of a real district, and finishes removals that were broken off. A service that was away does it when it is back. What is
 * not done is tried again at the next look.
 *
 * @returns look: looks once, now
 */
export function keepRetention(parts: RetentionParts): { look: () => Promise<void>; stop: () => Promise<void> } {
  const done = new Map<string, string>();
  let working = Promise.resolve();
  let stopped = false;
  const look = () => {
    working = working.then(async () => {
      for (const { district, timeZone } of stopped ? [] : await realDistricts(parts)) {
        const at = parts.now();
        const today = localDay(at.getTime(), timeZone);
        if (stopped || done.get(district) === today || !parts.leads(district)) continue;
        let isDone = true;
        for (const duty of parts.duties)
          isDone = (await carryOut(parts, duty, { district, timeZone, today, at, stopped: () => stopped })) && isDone;
        if (isDone) done.set(district, today);
      }
    });
    working = working.catch((error) => parts.log.warn({ err: error }, 'retention is not carried out yet: tried again'));
    return working;
  };
  const timer = setInterval(look, lookMs).unref();
  const first = setTimeout(look, firstLookMs).unref();
  return {
    look,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      clearTimeout(first);
      await working;
    },
  };
}

/** Exercises have made-up persons, recorded history has no day of its own. */
const realDistricts = async ({ broker }: Pick<RetentionParts, 'broker'>) =>
  (await listDistrictStreams(broker)).flatMap(({ district, exercise, clock, timeZone }) =>
    exercise || clock !== 'live' || timeZone === undefined ? [] : [{ district, timeZone }],
  );

/**
 * One go of a class on a district's day.
 *
 * @returns whether all of it is done
 */
async function carryOut(
  { service, policy, log }: RetentionParts,
  duty: RetentionDuty,
  day: { district: string; timeZone: string; today: string; at: Date; stopped: () => boolean },
): Promise<boolean> {
  const { district, timeZone, today } = day;
  const rule = retentionAt(duty.class, day.at.toISOString(), policy);
  const lastDay = lastDayOver(rule, today);
  const over = lastDay === undefined ? [] : await duty.over(district, { lastDay, timeZone, most: mostAtOnce });
  const failures: unknown[] = [];
  for (const id of new Set([...over, ...(await duty.unfinished(district))])) {
    if (day.stopped()) return false;
    const by = { actor: programmeActor(service), correlationId: `retention-${today}` };
    const said = { basis: 'retention', reason: rule?.source.en ?? duty.class } as const;
    // One who cannot be removed keeps nobody else.
    await duty.remove(district, id, said, by).catch((error: unknown) => failures.push(error));
  }
  const told = { district, class: duty.class, persons: over.length, through: lastDay };
  if (failures.length > 0)
    log.warn({ ...told, failed: failures.length, err: failures[0] }, 'not all could be removed: tried again');
  else if (over.length > 0) log.info(told, 'persons whose time is over are removed');
  return failures.length === 0 && over.length < mostAtOnce;
}
