import type { Database } from '#platform/database.ts';
import { localDay } from '#platform/local-time.ts';
import { unknownDistrict } from '#platform/problem.ts';

/** From where a read or a computation looks. */
export interface Moment {
  district: string;
  timeZone: string;
  exercise: boolean;
  clock: 'live' | 'recorded';
  /** What the caller asked for; undefined: everything known. */
  asOf: string | undefined;
  /** asOf; else now, or what was heard last where history is recorded. RFC 3339, UTC. */
  clockTime: string;
  /** The day of clockTime in the district's own calendar. */
  onDay: string;
  /** When the epidemic was last heard of, as far as known at the moment; null: never. */
  heardAt: string | null;
  /** Anything of the epidemic was heard: the clock of recorded history stands somewhere. */
  started: boolean;
}

/** Throws a 404 Problem for a district that is not there. */
export async function momentOf(
  database: Database,
  district: string,
  asOf: string | undefined,
  now: Date,
): Promise<Moment> {
  const until = asOf ?? 'infinity';
  const heard = (view: string) => `(SELECT max(known_at) FROM epidemic.${view} WHERE district = $1 AND known_at <= $2)`;
  const { rows } = await database.query<{
    time_zone: string;
    clock: 'live' | 'recorded';
    exercise: boolean;
    cases_at: Date | null;
    others_at: Date | null;
  }>(
    `SELECT time_zone, clock, exercise, greatest(${heard('published_cases')}, ${heard('published_counts')}) AS cases_at,
       greatest(${heard('published_capacity')}, ${heard('published_vaccination')}) AS others_at
     FROM geography.published_districts WHERE district = $1`,
    [district, until],
  );
  const row = rows[0];
  if (!row) throw unknownDistrict(district);
  const heardMs = Math.max(row.cases_at?.getTime() ?? 0, row.others_at?.getTime() ?? 0);
  const clockMs = asOf ? Date.parse(asOf) : row.clock === 'recorded' && heardMs > 0 ? heardMs : now.getTime();
  return {
    district,
    timeZone: row.time_zone,
    exercise: row.exercise,
    clock: row.clock,
    asOf,
    clockTime: new Date(clockMs).toISOString(),
    onDay: localDay(clockMs, row.time_zone),
    heardAt: row.cases_at?.toISOString() ?? null,
    started: heardMs > 0,
  };
}

/** Where the clock of recorded history stands for what is computed of cases; undefined when nothing of the epidemic was heard. */
export async function newestKnown(database: Database, district: string, now: Date): Promise<Date | undefined> {
  const { started, clockTime } = await momentOf(database, district, undefined, now);
  return started ? new Date(clockTime) : undefined;
}
