import { etagOf } from '#platform/command.ts';
import type { Database } from '#platform/database.ts';
import type { CaseVersion } from './evolve.ts';
import { type CaseRow, fromRow } from './projection.ts';

const columns = `case_id, known_at, area_id, ST_X(at) AS lon, ST_Y(at) AS lat, event_date, event_date_is_fallback, onset_date, confirmed_date, age_years, sex, exposure,
  status, status_since, first_sequence, sequence, event_id`;

/** The current state of a case, or undefined. */
export async function currentCase(
  database: Database,
  district: string,
  caseId: string,
): Promise<CaseVersion | undefined> {
  const { rows } = await database.query<CaseRow>(
    `SELECT ${columns} FROM epidemic.case_versions WHERE district = $1 AND case_id = $2 AND known_until = 'infinity'`,
    [district, caseId],
  );
  return rows[0] && fromRow(rows[0]);
}

/** The current state and every version, oldest first: what was known, from when, by which event. */
export async function caseHistory(database: Database, district: string, caseId: string) {
  const { rows } = await database.query<CaseRow>(
    `SELECT ${columns} FROM epidemic.case_versions WHERE district = $1 AND case_id = $2 ORDER BY sequence`,
    [district, caseId],
  );
  const versions = rows.map(fromRow);
  const current = versions.at(-1);
  return current && { ...current, etag: etagOf(current.sequence), versions };
}
