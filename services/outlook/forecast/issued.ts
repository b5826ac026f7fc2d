import type { EventData } from '#contracts/catalogue.ts';
import type { Database } from '#platform/database.ts';

type Forecast = EventData<'forecast-issued'>;

export interface LastIssued {
  /** the clock's day */
  day: string;
  cardId: string;
  /** of the first area of the run, when it was withheld */
  withheld: string | undefined;
}

/** By target, when and by which run forecasts were last issued. */
export async function readLastIssued(database: Database, district: string): Promise<Map<string, LastIssued>> {
  const { rows } = await database.query<{ target: string; day: string; card_id: string; withheld: string | null }>(
    `SELECT DISTINCT ON (target) target, (known_at AT TIME ZONE districts.time_zone)::date AS day, card_id, data->'abstention'->>'reason' AS withheld
     FROM ml.forecast_versions JOIN geography.published_districts AS districts USING (district)
     WHERE district = $1 ORDER BY target, sequence DESC`,
    [district],
  );
  return new Map(
    rows.map(({ target, day, card_id, withheld }) => [
      target,
      { day, cardId: card_id, withheld: withheld ?? undefined },
    ]),
  );
}

export interface IssuedForecast extends Forecast {
  knownAt: string;
}

/** Forecasts of an area and target as they were issued, oldest first; the newest one of each day. */
export async function readForecasts(
  database: Database,
  district: string,
  areaId: string,
  target: string,
  asOf: string | undefined,
): Promise<IssuedForecast[]> {
  const { rows } = await database.query<{ data: Forecast; known_at: Date }>(
    `SELECT DISTINCT ON (data_through) data, known_at FROM ml.forecast_versions
     WHERE district = $1 AND area_id = $2 AND target = $4 AND known_at <= coalesce($3::timestamptz, 'infinity')
     ORDER BY data_through, known_at DESC, sequence DESC`,
    [district, areaId, asOf ?? null, target],
  );
  return rows.map(({ data, known_at }) => ({ ...data, knownAt: known_at.toISOString() }));
}
