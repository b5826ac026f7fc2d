import type { Reads } from '#platform/database.ts';
import { unknownDistrict } from '#platform/problem.ts';

/** From where a read looks: what was known then (system time), and the day on the district's own calendar (valid time). */
export interface Moment {
  district: string;
  timeZone: string;
  exercise: boolean;
  clock: 'live' | 'recorded';
  /** What the caller asked for; undefined: everything known. */
  asOf: string | undefined;
  /** The instant at which clocks are read: asOf, else the newest knowledge of a recorded district, else now. RFC 3339, UTC, microseconds. */
  instant: string;
  /** The day asked for, else the local day of `instant`. YYYY-MM-DD. */
  day: string;
  /** The wall's clock when it was asked. RFC 3339, UTC. */
  now: string;
}

export interface DistrictClock {
  /** Throws a 404 Problem for a district that is not registered. `day`: when another than the instant's own is asked for. */
  momentOf: (
    database: Reads,
    district: string,
    asOf: string | undefined,
    now: Date,
    day?: string | undefined,
  ) => Promise<Moment>;
  /** Where the clock of recorded history stands: what a service's commands are stamped with. Undefined when it has heard nothing. */
  newestKnown: (database: Reads, district: string) => Promise<Date | undefined>;
}

/**
 * Where a district's clock stands in a service. A live district's is the wall's; recorded history and exercises stand at the newest of `columns`,
 * `schema.table.column`: when something became known. A service without any has the wall's clock everywhere.
 */
export function districtClock(columns: readonly string[]): DistrictClock {
  const maxima = columns.map((column) => {
    const [schema, table, name] = column.split('.');
    return `(SELECT max(${name}) FROM ${schema}.${table} WHERE district = $1)`;
  });
  const newest = maxima.length > 0 ? `GREATEST(${maxima.join(', ')})` : 'NULL::timestamptz';
  const newestStatement = `SELECT ${newest} AS newest`;
  const momentStatement = `SELECT d.time_zone, d.clock, d.exercise, to_char(i.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS instant,
       COALESCE($4::date, (i.instant AT TIME ZONE d.time_zone)::date) AS day
     FROM geography.published_districts d,
       LATERAL (SELECT COALESCE($2::timestamptz, CASE WHEN d.clock = 'recorded' THEN ${newest} END, $3::timestamptz) AS instant) i
     WHERE d.district = $1`;
  return {
    momentOf: async (database, district, asOf, now, day) => {
      const { rows } = await database.query<{
        time_zone: string;
        clock: 'live' | 'recorded';
        exercise: boolean;
        instant: string;
        day: string;
      }>(momentStatement, [district, asOf ?? null, now.toISOString(), day ?? null]);
      const row = rows[0];
      if (!row) throw unknownDistrict(district);
      const { time_zone: timeZone, ...rest } = row;
      return { district, timeZone, ...rest, asOf, now: now.toISOString() };
    },
    newestKnown: async (database, district) => {
      const { rows } = await database.query<{ newest: Date | null }>(newestStatement, [district]);
      return rows[0]!.newest ?? undefined;
    },
  };
}

/** The moment's instant as events carry their times: milliseconds. */
export const clockTime = ({ instant }: Pick<Moment, 'instant'>): string => new Date(instant).toISOString();
