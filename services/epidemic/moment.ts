import type { Database } from '#platform/database.ts';
import { localDay } from '#platform/local-time.ts';
import { unknownDistrict } from '#platform/problem.ts';

/** The moment and the day that a read speaks of. */
export interface Moment {
  district: string;
  timeZone: string;
  exercise: boolean;
  clock: 'live' | 'recorded';
  /** What was known then; undefined: now. */
  asOf: string | undefined;
  /** The clock of the district: its own time now, or asOf. Recorded history and exercises stand at what was heard last. */
  clockTime: string;
  /** Last day of every rolling window, in the district's calendar. */
  onDay: string;
}

/** Throws a 404 Problem for a district that is not there. */
export async function momentOf(
  database: Database,
  query: { district: string; asOf?: string | undefined; onDay?: string | undefined },
  now: Date,
): Promise<Moment> {
  const { rows } = await database.query<{
    time_zone: string;
    clock: 'live' | 'recorded';
    exercise: boolean;
    heard_at: Date | null;
  }>(
    `SELECT time_zone, clock, exercise, (SELECT max(last_recorded_at) FROM epidemic.feeds WHERE feeds.district = districts.district) AS heard_at
     FROM geography.published_districts AS districts WHERE district = $1`,
    [query.district],
  );
  const row = rows[0];
  if (!row) throw unknownDistrict(query.district);
  const clockMs = query.asOf
    ? Date.parse(query.asOf)
    : row.clock === 'recorded' && row.heard_at
      ? row.heard_at.getTime()
      : now.getTime();
  return {
    district: query.district,
    timeZone: row.time_zone,
    exercise: row.exercise,
    clock: row.clock,
    asOf: query.asOf,
    clockTime: new Date(clockMs).toISOString(),
    onDay: query.onDay ?? localDay(clockMs, row.time_zone),
  };
}

/** Where the clock of recorded history stands here; undefined when nothing was heard. */
export async function newestKnown(database: Database, district: string): Promise<Date | undefined> {
  const { rows } = await database.query<{ heard_at: Date | null }>(
    'SELECT max(last_recorded_at) AS heard_at FROM epidemic.feeds WHERE district = $1',
    [district],
  );
  return rows[0]!.heard_at ?? undefined;
}

/**
 * SQL condition "known at the moment" over columns known_at and known_until. `$asOf` is the placeholder of the asOf parameter, NULL for now: then
 * the condition is the one of the partial indexes.
 */
export const knownSql = (alias: string, asOf: string | undefined, placeholder: string) =>
  asOf === undefined
    ? `${alias}.known_until = 'infinity' AND ${placeholder}::timestamptz IS NULL`
    : `${alias}.known_at <= ${placeholder}::timestamptz AND ${alias}.known_until > ${placeholder}::timestamptz`;

/** Areas as known: now is ahead of every known_at, and before the infinity at which current rows end. */
export const geographyMoment = (asOf: string | undefined) => asOf ?? '9999-01-01T00:00:00Z';
