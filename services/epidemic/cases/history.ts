import { caseStatus } from '#contracts/events/epidemic/case-confirmed.ts';
import { etagOf } from '#platform/command.ts';
import type { Database } from '#platform/database.ts';
import { historyOfVersions, type ShownCase } from './case-events.ts';
import { nextStatuses } from './decide.ts';
import { type CaseVersion, uncountedOutcome } from './evolve.ts';
import { type CaseRow, caseColumns, fromRow, shownColumns } from './projection.ts';

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

/**
 * The state at a moment (RFC 3339; left out: now), every version up to it, oldest first, and what each of them says that the one before did not. Undefined when the case was not
 * known then.
 */
export async function caseHistory(database: Database, district: string, caseId: string, asOf?: string) {
  const { rows } = await database.query<CaseRow>(
    `SELECT ${shownColumns}, said FROM epidemic.case_versions WHERE district = $1 AND case_id = $2 AND ($3::timestamptz IS NULL OR known_at <= $3) ORDER BY sequence`,
    [district, caseId, asOf ?? null],
  );
  const versions = rows.map((row) => shown(fromRow(row)));
  const current = versions.at(-1);
  return (
    current && {
      ...current,
      etag: etagOf(current.sequence),
      version: current.sequence,
      lawfulSteps: nextStatuses[caseStatus.parse(current.status)],
      versions,
      history: historyOfVersions(versions),
    }
  );
}

/** Without the book-keeping of who said what. Of somebody who was removed nothing is told that the columns do not say. */
function shown({ said, areaIsStated: _stated, ...version }: CaseVersion): ShownCase {
  const notCounted = said && !version.removed ? uncountedOutcome(said) : undefined;
  return notCounted ? { ...version, notCounted } : version;
}
