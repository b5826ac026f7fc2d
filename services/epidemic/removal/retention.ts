import type { Retention, RetentionPolicy } from '#contracts/access/retention.ts';
import { programmeActor } from '#contracts/actor.ts';
import { addDays } from '#contracts/days.ts';
import type { Attribution } from '#contracts/new-event.ts';
import type { Database } from '#platform/database.ts';
import { listDistrictStreams } from '#platform/journal.ts';
import { localDay } from '#platform/local-time.ts';
import type { Log } from '#platform/log.ts';
import type { Stamp } from '../../district/stamp.ts';
import { type RemovalParts, removePersonOf } from './remove.ts';

/** How often it is looked whether a district has another day, milliseconds. */
const lookMs = 10 * 60_000;
/** After the start, when the rows have had time to follow the journal, milliseconds. */
const firstLookMs = 60_000;
/** Persons that are removed in one go; the next go takes the others. */
const mostAtOnce = 500;

export interface RetentionParts extends RemovalParts {
  policy: RetentionPolicy;
  stampOf: (district: string, by: Attribution) => Promise<Stamp>;
  now: () => Date;
  log: Log;
}

/**
 * The last day on which something was said of persons whose time is over. Pure.
 *
 * @param today local day of the district, YYYY-MM-DD
 * @returns undefined: they are kept until somebody asks
 */
export const lastDayOver = ({ days }: Retention, today: string): string | undefined =>
  days === null ? undefined : addDays(today, -days - 1);

/**
 * Removes whose time is over, once on each day of a real district; those of whom something was sealed since they were removed lose that too. A service that was away
 * does it when it is back.
 */
export function keepRetention(parts: RetentionParts): { stop: () => Promise<void> } {
  const done = new Map<string, string>();
  let working = Promise.resolve();
  let stopped = false;
  const look = () => {
    working = working.then(async () => {
      for (const district of stopped ? [] : await realDistricts(parts)) {
        const today = localDay(parts.now().getTime(), district.timeZone);
        if (stopped || done.get(district.district) === today) continue;
        const left = await carryOut(parts, district.district, today, district.timeZone);
        if (!left) done.set(district.district, today);
      }
    });
    working = working.catch((error) => parts.log.warn({ err: error }, 'retention is not carried out yet: tried again'));
    return working;
  };
  const timer = setInterval(look, lookMs).unref();
  const first = setTimeout(look, firstLookMs).unref();
  return {
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
 * One go of a district's day.
 *
 * @returns whether there may be more to do
 */
export async function carryOut(
  parts: RetentionParts,
  district: string,
  today: string,
  timeZone: string,
): Promise<boolean> {
  const lastDay = lastDayOver(parts.policy['case-identity'], today);
  const [over, again] = [
    lastDay === undefined ? [] : await casesOver(parts.database, district, lastDay, timeZone),
    await saidOfRemoved(parts.database, district),
  ];
  const { en } = parts.policy['case-identity'].source;
  for (const caseId of [...over, ...again]) {
    const stamped = await parts.stampOf(district, {
      actor: programmeActor('epidemic'),
      correlationId: `retention-${today}`,
    });
    await removePersonOf(parts, stamped, { caseId, basis: 'retention', reason: en });
  }
  if (over.length > 0)
    parts.log.info({ district, persons: over.length, through: lastDay }, 'persons whose time is over are removed');
  return over.length === mostAtOnce;
}

/** Cases of which nothing was said after a day, and which still say who it is. */
async function casesOver(database: Database, district: string, lastDay: string, timeZone: string): Promise<string[]> {
  const { rows } = await database.query<{ case_id: string }>(
    `SELECT case_id FROM epidemic.case_versions
     WHERE district = $1 AND known_until = 'infinity' AND NOT removed AND (known_at AT TIME ZONE $3)::date <= $2::date AND event_date <= $2::date
     ORDER BY event_date, case_id LIMIT ${mostAtOnce}`,
    [district, lastDay, timeZone],
  );
  return rows.map((row) => row.case_id);
}

/** Removed cases of which something was said since. */
async function saidOfRemoved(database: Database, district: string): Promise<string[]> {
  const { rows } = await database.query<{ case_id: string }>(
    `SELECT DISTINCT case_id FROM epidemic.case_versions WHERE district = $1 AND removed AND known_at > now() - interval '40 days'`,
    [district],
  );
  return rows.map((row) => row.case_id);
}
