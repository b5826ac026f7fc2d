import type { ModelKind } from '#contracts/events/ml/model-activated.ts';
import type { Database } from '#platform/database.ts';

export interface Activation {
  kind: ModelKind;
  version: string;
  reason: string;
  by: string;
  since: string;
  /** undefined: still in force */
  until: string | undefined;
}

/** Decisions on versions, newest first, as known at a moment. */
export async function readActivations(
  database: Database,
  district: string,
  asOf: string | undefined,
): Promise<Activation[]> {
  const { rows } = await database.query<{
    kind: ModelKind;
    version: string;
    reason: string;
    by_whom: string;
    known_at: Date;
    until: Date | null;
  }>(
    `SELECT kind, version, reason, by_whom, known_at, CASE WHEN known_until <= coalesce($2::timestamptz, now()) THEN known_until END AS until
     FROM ml.model_activations WHERE district = $1 AND known_at <= coalesce($2::timestamptz, 'infinity') ORDER BY sequence DESC`,
    [district, asOf ?? null],
  );
  const seen = new Set<string>();
  return rows.map((row) => {
    // in a district whose clock stands still the newest decision is in force, whatever its time
    const newest = !seen.has(row.kind);
    seen.add(row.kind);
    const until = newest ? undefined : (row.until ?? row.known_at).toISOString();
    return {
      kind: row.kind,
      version: row.version,
      reason: row.reason,
      by: row.by_whom,
      since: row.known_at.toISOString(),
      until,
    };
  });
}

/** Name of the version in force; undefined: nobody decided. */
export async function activeVersion(
  database: Database,
  district: string,
  kind: ModelKind,
  asOf: string | undefined,
): Promise<string | undefined> {
  const { rows } = await database.query<{ version: string }>(
    `SELECT version FROM ml.model_activations WHERE district = $1 AND kind = $2 AND known_at <= coalesce($3::timestamptz, 'infinity')
     ORDER BY sequence DESC LIMIT 1`,
    [district, kind, asOf ?? null],
  );
  return rows[0]?.version;
}
