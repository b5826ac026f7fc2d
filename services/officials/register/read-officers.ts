import type { Reads } from '#platform/database.ts';
import { newestWord } from '../newest-word.ts';

/** Somebody of the register, by the newest word on him at the moment. */
export interface Officer {
  officerId: string;
  name: string;
  unit: string;
  roles: string[];
  areaIds: string[];
  account: string | null;
  /** Days of the district, YYYY-MM-DD; until: the first on which he serves no more. */
  from: string;
  until: string | null;
}

const columns = `officer_id AS "officerId", name, unit, roles, areas AS "areaIds", account, from_day::text AS "from", until_day::text AS until`;

/** Who is in the register, by name. `day`: who serves on it. `asOf` (RFC 3339): as known then; left out: now. */
export async function readOfficers(
  reads: Reads,
  district: string,
  {
    day,
    officerId,
    account,
    asOf,
  }: {
    day?: string | undefined;
    officerId?: string | undefined;
    account?: string | undefined;
    asOf?: string | undefined;
  } = {},
): Promise<Officer[]> {
  const { rows } = await reads.query<Officer>(
    `SELECT ${columns} FROM officials.officers v WHERE district = $1 AND ${newestWord('officers', 'officer_id', '$5')}
       AND ($2::date IS NULL OR (from_day <= $2::date AND (until_day IS NULL OR until_day > $2::date)))
       AND ($3::text IS NULL OR officer_id = $3) AND ($4::text IS NULL OR account = $4) ORDER BY name, officer_id`,
    [district, day ?? null, officerId ?? null, account ?? null, asOf ?? null],
  );
  return rows;
}

export interface Shift {
  shiftId: string;
  targetId: string;
  officerId: string;
  /** RFC 3339, half-open. */
  from: string;
  until: string;
}

/** Shifts that touch a span; left out: all from an instant on. */
export async function readShifts(
  reads: Reads,
  district: string,
  {
    targetId,
    from,
    until,
    asOf,
  }: { targetId?: string | undefined; from: string; until?: string | undefined; asOf?: string | undefined },
): Promise<Shift[]> {
  const { rows } = await reads.query<Omit<Shift, 'from' | 'until'> & { from: Date; until: Date }>(
    `SELECT shift_id AS "shiftId", target_id AS "targetId", officer_id AS "officerId", from_at AS "from", until_at AS until FROM officials.shifts v
     WHERE district = $1 AND ${newestWord('shifts', 'shift_id', '$5')} AND ($2::text IS NULL OR target_id = $2) AND until_at > from_at AND until_at > $3::timestamptz AND ($4::timestamptz IS NULL OR from_at < $4)
     ORDER BY from_at, shift_id LIMIT 1000`,
    [district, targetId ?? null, from, until ?? null, asOf ?? null],
  );
  return rows.map((one) => ({ ...one, from: one.from.toISOString(), until: one.until.toISOString() }));
}
