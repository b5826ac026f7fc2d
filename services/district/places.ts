import type { Database, Reads } from '#platform/database.ts';
import type { Moment } from './moment.ts';

/** Which areas are meant: those valid on a day, as known at a time. */
export type AreasMoment = Pick<Moment, 'district' | 'asOf' | 'day'>;

export type Level = 'district' | 'ward' | 'neighbourhood';

export interface Place {
  areaId: string;
  name: string;
  level: Level;
  /** null: nobody said how many people live there */
  people: number | null;
  /** itself and everything above it */
  ancestors: string[];
}

export interface Places {
  all: Place[];
  /** what everything adds up to; undefined while no area is known */
  top: string | undefined;
  /** of each of them, and of each that ended and lies wholly in one of them: itself where it is there, and everything above it */
  ancestorsOf: ReadonlyMap<string, readonly string[]>;
}

/** Areas with people and ancestors, as known at the moment and valid on its day, in the order of their ids. */
export async function readPlaces(database: Reads, moment: AreasMoment): Promise<Places> {
  const { rows: paths } = await database.query<{
    area_id: string;
    name: string | null;
    level: Level | null;
    people: number | null;
    ancestors: string[];
    is_top: boolean;
  }>(
    `WITH areas AS MATERIALIZED (SELECT area_id, parent_id, name, level FROM geography.areas_at($1, $2, $3::date)),
     paths AS (SELECT area_id, array_agg(ancestor_id ORDER BY ancestor_id) AS ancestors FROM geography.ancestors_at($1, $2, $3::date) GROUP BY area_id)
     SELECT area_id, name, level, people, ancestors, NOT EXISTS (SELECT 1 FROM areas AS up WHERE up.area_id = areas.parent_id) AS is_top
     FROM paths LEFT JOIN areas USING (area_id) LEFT JOIN geography.population_at($1, 'all', $2, $3::date) USING (area_id) ORDER BY area_id`,
    [moment.district, knownBy(moment), moment.day],
  );
  const rows = paths.filter((row) => row.name !== null && row.level !== null);
  const top = rows.find((row) => row.is_top && row.level === 'district') ?? rows.find((row) => row.is_top);
  return {
    all: rows.map((row) => ({
      areaId: row.area_id,
      name: row.name!,
      level: row.level!,
      people: row.people,
      ancestors: row.ancestors,
    })),
    top: top?.area_id,
    ancestorsOf: new Map(paths.map((row) => [row.area_id, row.ancestors])),
  };
}

/**
 * As known when, for the functions of geography. Now is ahead of every known_at (a recorded district's borders may have been learned after its
 * clock), and before the infinity at which current rows end.
 */
export const knownBy = (moment: Pick<AreasMoment, 'asOf'>) => moment.asOf ?? '9999-01-01T00:00:00Z';

/** For each of the areas, the indices of those that touch it. */
export async function readNeighbours(
  database: Database,
  moment: AreasMoment,
  areaIds: string[],
): Promise<Int32Array[]> {
  const { rows } = await database.query<{ one: number; other: number }>(
    `WITH areas AS MATERIALIZED (
       SELECT position::int - 1 AS index, geom FROM unnest($4::text[]) WITH ORDINALITY AS wanted(area_id, position)
       JOIN geography.areas_at($1, $2, $3::date) USING (area_id))
     SELECT a.index AS one, b.index AS other FROM areas AS a JOIN areas AS b ON a.index <> b.index AND a.geom && b.geom AND ST_Intersects(a.geom, b.geom)
     ORDER BY 1, 2`,
    [moment.district, knownBy(moment), moment.day, areaIds],
  );
  const near: number[][] = areaIds.map(() => []);
  for (const { one, other } of rows) near[one]!.push(other);
  return near.map((indices) => Int32Array.from(indices));
}

/** [longitude, latitude] of a point inside each area; areas without a border are left out. */
export async function readPositions(
  database: Database,
  moment: AreasMoment,
  areaIds: string[],
): Promise<Map<string, [number, number]>> {
  const { rows } = await database.query<{ area_id: string; lon: number; lat: number }>(
    `SELECT area_id, ST_X(point) AS lon, ST_Y(point) AS lat
     FROM geography.areas_at($1, $2, $3::date), LATERAL (SELECT ST_PointOnSurface(geom) AS point) AS inside
     WHERE area_id = ANY($4) AND geom IS NOT NULL`,
    [moment.district, knownBy(moment), moment.day, areaIds],
  );
  return new Map(rows.map(({ area_id, lon, lat }) => [area_id, [lon, lat]]));
}
