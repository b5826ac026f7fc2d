import { allowedLeadMs } from '#contracts/plausibility.ts';
import type { Reads } from '#platform/database.ts';
import { Problem, unknownDistrict } from '#platform/problem.ts';

/** From where a read looks: what was known then (system time), and the day on the district's own calendar (valid time). */
export interface Moment {
  district: string;
  timeZone: string;
  exercise: boolean;
  clock: 'live' | 'recorded';
  /** What the caller asked for; undefined: everything known. */
  asOf: string | undefined;
  /** The instant at which clocks are read: asOf, in a recorded district its newest knowledge at the latest; without it that, else now. RFC 3339, UTC, microseconds. */
  instant: string;
  /** The day asked for, else the local day of `instant`. YYYY-MM-DD. */
  day: string;
  /** The wall's clock when it was asked. RFC 3339, UTC. */
  now: string;
}

export interface DistrictClock {
  /** Throws a 404 Problem for a district that is not registered, 422 for an asOf that the district's clock has not reached. `day`: when another than the instant's own is asked for. */
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
 *
 * @param beyond of recorded history, what a moment is that its clock has not reached: the clock `stands`, so that nothing is said of days that were never told of; or it `goes-on`, for who
 *   says by himself that what is known is too old
 */
export function districtClock(
  columns: readonly string[],
  { beyond = 'stands' }: { beyond?: 'stands' | 'goes-on' } = {},
): DistrictClock {
  const maxima = columns.map((column) => {
    const [schema, table, name] = column.split('.');
    return `(SELECT max(${name}) FROM ${schema}.${table} WHERE district = $1)`;
  });
  const newest = maxima.length > 0 ? `GREATEST(${maxima.join(', ')})` : 'NULL::timestamptz';
  // LEAST passes over what is null: a clock that stands nowhere.
  const asked =
    beyond === 'stands'
      ? `CASE WHEN $2::timestamptz IS NOT NULL THEN LEAST($2::timestamptz, CASE WHEN d.clock = 'recorded' THEN ${newest} END) END`
      : '$2::timestamptz';
  const newestStatement = `SELECT ${newest} AS newest`;
  const momentStatement = `SELECT d.time_zone, d.clock, d.exercise, CASE WHEN d.clock = 'recorded' THEN ${newest} END AS newest, to_char(i.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS instant,
       COALESCE($4::date, (i.instant AT TIME ZONE d.time_zone)::date) AS day
     FROM geography.published_districts d,
       LATERAL (SELECT COALESCE(${asked}, CASE WHEN d.clock = 'recorded' THEN ${newest} END, $3::timestamptz) AS instant) i
     WHERE d.district = $1`;
  return {
    momentOf: async (database, district, asOf, now, day) => {
      const { rows } = await database.query<{
        time_zone: string;
        clock: 'live' | 'recorded';
        exercise: boolean;
        newest: Date | null;
        instant: string;
        day: string;
      }>(momentStatement, [district, asOf ?? null, now.toISOString(), day ?? null]);
      const row = rows[0];
      if (!row) throw unknownDistrict(district);
      const { time_zone: timeZone, newest: newestHeard, ...rest } = row;
      assertReached(asOf, Math.max(now.getTime(), newestHeard?.getTime() ?? 0));
      return { district, timeZone, ...rest, asOf, now: now.toISOString() };
    },
    newestKnown: async (database, district) => {
      const { rows } = await database.query<{ newest: Date | null }>(newestStatement, [district]);
      return rows[0]!.newest ?? undefined;
    },
  };
}

/**
 * What nobody knows yet is not answered as if it were known. Recorded history and exercises stand each service where it heard last, and another may have heard later: they may be asked
 * up to now, too, and answer with the day on which their clock stands.
 *
 * @param clockMs where the district's clock stands, milliseconds
 * @throws Problem 422 when asOf is more than five minutes ahead of it
 */
function assertReached(asOf: string | undefined, clockMs: number): void {
  const latestMs = clockMs + allowedLeadMs;
  if (asOf === undefined || !(Date.parse(asOf) > latestMs)) return;
  const latest = new Date(latestMs).toISOString();
  const words = {
    vi: `muộn nhất là ${latest} (trước đồng hồ của địa bàn 5 phút): chưa ai biết những gì sau đó`,
    en: `at most ${latest} (5 minutes ahead of the district's clock): nobody knows yet what comes after it`,
  };
  throw new Problem(422, 'The moment has not come yet', {
    vietnamese: { title: 'Thời điểm này chưa đến' },
    errors: [{ field: 'query.asOf', value: asOf, reason: words.en, words }],
  });
}

/** The moment's instant as events carry their times: milliseconds. */
export const clockTime = ({ instant }: Pick<Moment, 'instant'>): string => new Date(instant).toISOString();
