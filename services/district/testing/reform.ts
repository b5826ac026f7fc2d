import type { ServiceUnderTest } from '#platform/testing/service.ts';

/**
 * A reform in a test district: W0 and W1 become N, W2 goes to P and Q in parts that nobody published, what else there is stays. Neighbourhoods are taken away.
 *
 * @param day first day of the new borders, YYYY-MM-DD
 */
export async function applyTestReform(
  { parts: { database } }: ServiceUnderTest,
  district: string,
  day: string,
  people: Readonly<Record<string, number>> = {},
): Promise<void> {
  await database.query(`DELETE FROM geography.area_versions WHERE district = $1 AND level = 'neighbourhood'`, [
    district,
  ]);
  await database.query(
    `UPDATE geography.area_versions SET valid_until = $2 WHERE district = $1 AND area_id ~ '^W[012]$'`,
    [district, day],
  );
  for (const [index, id] of ['N', 'P', 'Q'].entries())
    await database.query(
      `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, geom, estimated, event_id, sequence)
       VALUES ($1, $2, 'D', 'ward', $2, lower($2), $3, '2000-01-01Z', ST_Multi(ST_MakeEnvelope($5, 10.72, $6, 10.73, 4326)), true, $2 || ' new', $4)`,
      [district, id, day, 100 + index, 106.7 + index / 100, 106.71 + index / 100],
    );
  for (const [area, successor, share] of [
    ['W0', 'N', 1],
    ['W1', 'N', 1],
    ['W2', 'P', null],
    ['W2', 'Q', null],
  ])
    await database.query(
      `INSERT INTO geography.area_successors (district, area_id, from_day, successor_id, share, known_at, sequence) VALUES ($1, $2, $3, $4, $5, '2000-01-01Z', 50)`,
      [district, area, day, successor, share],
    );
  for (const [area, count] of Object.entries(people))
    await database.query(
      `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
       VALUES ($1, $2, 'all', $3, $4, '2000-01-01Z', false, $2 || ' people', 200)`,
      [district, area, count, day],
    );
}
