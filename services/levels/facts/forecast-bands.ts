import sql from 'sql-template-tag';
import type { Reads } from '#platform/database.ts';
import type { ForecastBands } from '../assess/chance.ts';

interface SaidRisk {
  cuts: number[];
  horizons?: { weeks: number; targetDate: string; bands: number[] }[];
}

/** Bands of the coming weeks as the risk of each area was last said, as known at the moment. Areas of which nothing was said are not in it. */
export async function readForecastBands(
  database: Reads,
  { district, asOf }: { district: string; asOf?: string | undefined },
  areaId?: string,
): Promise<Map<string, ForecastBands[]>> {
  const moment =
    asOf === undefined
      ? sql`known_until = 'infinity'`
      : sql`known_at <= ${asOf}::timestamptz AND known_until > ${asOf}::timestamptz`;
  const { rows } = await database.query<{ area_id: string; data: SaidRisk }>(
    sql`SELECT area_id, jsonb_build_object('cuts', data->'cuts', 'horizons', data->'horizons') AS data FROM ml.published_risk
     WHERE district = ${district} AND ${moment} AND (${areaId ?? null}::text IS NULL OR area_id = ${areaId ?? null})`,
  );
  return new Map(
    rows.map(({ area_id, data }) => [
      area_id,
      (data.horizons ?? []).map(({ weeks, targetDate, bands }) => ({ weeks, targetDate, bands, cuts: data.cuts })),
    ]),
  );
}
