import { etagOf } from '#platform/command.ts';
import type { Database } from '#platform/database.ts';
import type { CaseVersion } from './evolve.ts';
import { type CaseRow, caseColumns, fromRow } from './projection.ts';

/** The current state of a case, or undefined. */
export async function currentCase(
  database: Database,
  district: string,
  caseId: string,
): Promise<CaseVersion | undefined> {
  const { rows } = await database.query<CaseRow>(
    `SELECT ${caseColumns} FROM epidemic.case_versions WHERE district = $1 AND case_id = $2 AND known_until = 'infinity'`,
    [district, caseId],
  );
  return rows[0] && fromRow(rows[0]);
}

/** Current states by case; those that are not known are left out. */
export async function currentCases(
  database: Database,
  district: string,
  caseIds: readonly string[],
): Promise<Map<string, CaseVersion>> {
  const { rows } = await database.query<CaseRow>(
    `SELECT ${caseColumns} FROM epidemic.case_versions WHERE district = $1 AND case_id = ANY($2::text[]) AND known_until = 'infinity'`,
    [district, caseIds],
  );
  return new Map(rows.map((row) => [row.case_id, fromRow(row)]));
}

/** The current state and every version, oldest first: what was known, from when, by which event. */
export async function caseHistory(database: Database, district: string, caseId: string) {
  const { rows } = await database.query<CaseRow>(
    `SELECT ${caseColumns} FROM epidemic.case_versions WHERE district = $1 AND case_id = $2 ORDER BY sequence`,
    [district, caseId],
  );
  const versions = rows.map((row) => shown(fromRow(row)));
  const current = versions.at(-1);
  return current && { ...current, etag: etagOf(current.sequence), versions };
}

/** Without the book-keeping of who said what. */
function shown({ said: _said, areaIsStated: _stated, ...version }: CaseVersion) {
  return version;
}
