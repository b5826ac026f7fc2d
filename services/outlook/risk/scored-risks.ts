import type { EventData } from '#contracts/catalogue.ts';
import type { Database } from '#platform/database.ts';

type Risk = EventData<'risk-scored'>;

/** What was last said of each area's risk, as known at a moment. */
export async function readRisks(
  database: Database,
  district: string,
  asOf: string | undefined,
): Promise<Map<string, Risk & { knownAt: string }>> {
  const { rows } = await database.query<{ data: Risk; known_at: Date }>(
    `SELECT data, known_at FROM ml.risk_versions WHERE district = $1 AND ${
      asOf === undefined
        ? `known_until = 'infinity' AND $2::timestamptz IS NULL`
        : 'known_at <= $2::timestamptz AND known_until > $2::timestamptz'
    }`,
    [district, asOf ?? null],
  );
  return new Map(rows.map(({ data, known_at }) => [data.areaId, { ...data, knownAt: known_at.toISOString() }]));
}
