import type { EventData } from '#contracts/catalogue.ts';
import type { Database } from '#platform/database.ts';

type Risk = EventData<'risk-scored'>;
type Forecast = EventData<'forecast-issued'>;

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

/** The clock's day on which a forecast was last issued; undefined: never. */
export async function readForecastDay(database: Database, district: string): Promise<string | undefined> {
  const { rows } = await database.query<{ day: string }>(
    `SELECT (max(forecasts.known_at) AT TIME ZONE districts.time_zone)::date AS day
     FROM ml.forecast_versions AS forecasts JOIN geography.published_districts AS districts USING (district)
     WHERE forecasts.district = $1 GROUP BY districts.time_zone`,
    [district],
  );
  return rows[0]?.day;
}

export interface IssuedForecast extends Forecast {
  knownAt: string;
}

/** Forecasts of an area as they were issued, oldest first; the newest one of each day. */
export async function readForecasts(
  database: Database,
  district: string,
  areaId: string,
  asOf: string | undefined,
): Promise<IssuedForecast[]> {
  const { rows } = await database.query<{ data: Forecast; known_at: Date }>(
    `SELECT DISTINCT ON (data_through) data, known_at FROM ml.forecast_versions
     WHERE district = $1 AND area_id = $2 AND target = 'cases' AND known_at <= coalesce($3::timestamptz, 'infinity')
     ORDER BY data_through, known_at DESC, sequence DESC`,
    [district, areaId, asOf ?? null],
  );
  return rows.map(({ data, known_at }) => ({ ...data, knownAt: known_at.toISOString() }));
}

export interface StoredCard {
  district: string;
  modelId: string;
  kind: string;
  dataThroughDate: string;
  knownAt: string;
  card: Record<string, unknown>;
}

/** Model cards, newest first. */
export async function readCards(
  database: Database,
  filter: { district?: string; modelId?: string; asOf?: string; limit: number },
): Promise<StoredCard[]> {
  const { rows } = await database.query<{
    district: string;
    model_id: string;
    kind: string;
    data_through: string;
    known_at: Date;
    card: Record<string, unknown>;
  }>(
    `SELECT district, model_id, kind, data_through, known_at, card FROM ml.model_cards
     WHERE ($1::text IS NULL OR district = $1) AND ($2::text IS NULL OR model_id = $2) AND known_at <= coalesce($3::timestamptz, 'infinity')
     ORDER BY known_at DESC, sequence DESC LIMIT $4`,
    [filter.district ?? null, filter.modelId ?? null, filter.asOf ?? null, filter.limit],
  );
  return rows.map((row) => ({
    district: row.district,
    modelId: row.model_id,
    kind: row.kind,
    dataThroughDate: row.data_through,
    knownAt: row.known_at.toISOString(),
    card: row.card,
  }));
}
