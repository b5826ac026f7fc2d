import type { AreaStatement } from '#contracts/area-register.ts';
import type { KnownPlaces } from '#contracts/place-rules.ts';
import type { Reads } from '#platform/database.ts';

interface AreaRow {
  area_id: string;
  parent_id: string | null;
  level: AreaStatement['level'];
  name: string;
  valid_from: string;
  valid_until: string;
}

/** Areas and centre of a district as geography's rows have them now: by what commands and layers are judged, as the door judges by the journal. */
export async function readKnownPlaces(database: Reads, district: string): Promise<KnownPlaces> {
  const [registered, areas, ended] = [
    await database.query<{ lon: number; lat: number }>(
      'SELECT lon, lat FROM geography.published_districts WHERE district = $1',
      [district],
    ),
    await database.query<AreaRow>(
      `SELECT area_id, parent_id, level, name, valid_from, valid_until FROM geography.published_areas
       WHERE district = $1 AND known_until = 'infinity' ORDER BY area_id, valid_from`,
      [district],
    ),
    await database.query<{ area_id: string; from_day: string; successor_id: string; share: number | null }>(
      'SELECT area_id, from_day, successor_id, share FROM geography.published_successors WHERE district = $1 ORDER BY area_id, successor_id',
      [district],
    ),
  ];
  const [centre] = registered.rows;
  const successors = Map.groupBy(ended.rows, ({ area_id, from_day }) => `${area_id} ${from_day}`);
  const register = new Map<string, AreaStatement[]>();
  for (const [areaId, versions] of Map.groupBy(areas.rows, ({ area_id }) => area_id))
    register.set(
      areaId,
      statementsOf(versions, (day) =>
        (successors.get(`${areaId} ${day}`) ?? []).map(({ successor_id, share }) => ({
          areaId: successor_id,
          ...(share === null ? {} : { share }),
        })),
      ),
    );
  return { ...(centre ? { centre } : {}), areas: register };
}

/** What was said of an area, from its rows by their days: a row that ends where no other begins was ended. */
function statementsOf(
  versions: readonly AreaRow[],
  successorsOn: (day: string) => NonNullable<AreaStatement['successors']>,
): AreaStatement[] {
  return versions.flatMap(({ area_id: areaId, parent_id: parentId, level, name, ...row }, index) => {
    const area = { areaId, parentId, level, name };
    const stated: AreaStatement = { ...area, validFrom: row.valid_from };
    const isFollowed = row.valid_until === 'infinity' || versions[index + 1]?.valid_from === row.valid_until;
    if (isFollowed) return [stated];
    const end = { validFrom: row.valid_until, abolished: true, successors: successorsOn(row.valid_until) };
    return [stated, { ...area, ...end }];
  });
}
