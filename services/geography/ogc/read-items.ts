import type { Feature } from 'geojson';
import type { PointFeed } from '#contracts/feeds.ts';
import type { Database } from '#platform/database.ts';
import { standingStatuses } from '../points/point-state.ts';
import { orderBits, type Steps, stepsOf, tileRange, worldSteps } from '../points/z-order.ts';
import type { Collection } from './collections.ts';
import type { ItemQuery } from './item-query.ts';

export interface Items {
  /** Items that fit the query in all. */
  matched: number;
  features: Feature[];
}

type Wanted = ItemQuery & { id?: string };

/** Items of a collection, ordered by id, so that pages neither overlap nor leave out. */
export async function readItems(database: Database, collection: Collection, query: Wanted): Promise<Items> {
  const { text, values } = statement(collection, query);
  const limit = `$${values.length + 1}`;
  const offset = `$${values.length + 2}`;
  const { rows } = await database.query<{ matched: number; features: Feature[] }>(
    `WITH chosen AS (${text})
     SELECT (SELECT count(*) FROM chosen) AS matched, coalesce((SELECT json_agg(json_build_object('type', 'Feature', 'id', id,
       'geometry', ST_AsGeoJSON(geom, 7)::json, 'properties', properties) ORDER BY id) FROM
       (SELECT * FROM chosen ORDER BY id LIMIT ${limit} OFFSET ${offset}) page), '[]') AS features`,
    [...values, query.limit, query.offset],
  );
  return rows[0]!;
}

const inBox = '($3::float8 IS NULL OR ST_Intersects(geom, ST_MakeEnvelope($3, $4, $5, $6, 4326)))';

function statement(collection: Collection, query: Wanted): { text: string; values: unknown[] } {
  const box = query.bbox ?? [null, null, null, null];
  const { kind, district } = collection;
  if (kind.table === 'areas')
    return {
      // Without datetime: what holds today. With: the newest version that held at some time of the interval.
      text: `SELECT DISTINCT ON (area_id) area_id AS id, geom, jsonb_build_object('areaId', area_id, 'parentId', parent_id, 'level', level,
          'name', name, 'nameEnglish', name_english, 'code', code, 'validFrom', valid_from, 'validUntil', nullif(valid_until, 'infinity'),
          'areaKm2', area_km2, 'estimated', estimated) AS properties
        FROM geography.area_versions WHERE district = $1 AND level = $2 AND known_until = 'infinity' AND ${inBox}
          AND valid_from <= coalesce($8::timestamptz, CASE WHEN $10::boolean THEN 'infinity' ELSE now() END)
          AND valid_until > coalesce($7::timestamptz, CASE WHEN $10::boolean THEN '-infinity' ELSE now() END)
          AND ($9::text IS NULL OR area_id = $9)
        ORDER BY area_id, valid_from DESC`,
      values: [
        district,
        kind.level,
        ...box,
        query.datetime?.from ?? null,
        query.datetime?.until ?? null,
        query.id ?? null,
        query.datetime !== null,
      ],
    };
  if (kind.table === 'map-features')
    return {
      text: `SELECT feature_id AS id, geom, properties || jsonb_build_object('name', name, 'class', class, 'verified', verified) AS properties
        FROM geography.map_features WHERE district = $1 AND kind = $2 AND known_until = 'infinity' AND ${inBox}
          AND ($7::text IS NULL OR feature_id = $7)`,
      values: [district, kind.kind, ...box, query.id ?? null],
    };
  return points(kind.feed, collection, query);
}

const words = (names: readonly string[]) => `('{${names.join(',')}}'::text[])`;

function points(
  { name, points }: PointFeed,
  { district, timeZone }: Collection,
  query: Wanted,
): { text: string; values: unknown[] } {
  const corners = query.bbox && {
    northWest: stepsOf(Math.max(-180, query.bbox[0]), query.bbox[3]),
    southEast: stepsOf(Math.min(180, query.bbox[2]), query.bbox[1]),
  };
  const ranges = corners ? rangesOf(corners.northWest, corners.southEast) : [{ from: 0, to: 4 ** orderBits }];
  return {
    text: `SELECT entity AS id,
        ST_SetSRID(ST_MakePoint((x + 0.5) / ${worldSteps}.0 * 360 - 180, degrees(atan(sinh(pi() * (1 - 2 * (y + 0.5) / ${worldSteps}.0))))), 4326) AS geom,
        jsonb_build_object('${points.categoryField}', ${words(points.categories)}[category + 1], 'status', ${words(points.statuses)}[status + 1],
          '${points.timeField}', coalesce(to_jsonb(day), to_jsonb(happened_at))) AS properties
      FROM unnest($2::bigint[], $3::bigint[]) AS range (low, high)
      JOIN geography.points ON district = $1 AND layer = $11 AND z_order >= low AND z_order < high
      WHERE x BETWEEN $4 AND $5 AND y BETWEEN $6 AND $7 AND status = ANY($12)
        AND coalesce(happened_at, (day + 1)::timestamp AT TIME ZONE $13 - interval '1 ms') >= coalesce($8::timestamptz, '-infinity')
        AND coalesce(happened_at, day::timestamp AT TIME ZONE $13) <= coalesce($9::timestamptz, 'infinity') AND ($10::text IS NULL OR entity = $10)`,
    values: [
      district,
      ranges.map(({ from }) => from),
      ranges.map(({ to }) => to),
      corners?.northWest.x ?? 0,
      corners?.southEast.x ?? worldSteps - 1,
      corners?.northWest.y ?? 0,
      corners?.southEast.y ?? worldSteps - 1,
      query.datetime?.from ?? null,
      query.datetime?.until ?? null,
      query.id ?? null,
      name,
      standingStatuses(name),
      timeZone,
    ],
  };
}

/** Z-order ranges of the (at most four) smallest tiles that cover a box. */
function rangesOf(northWest: Steps, southEast: Steps): { from: number; to: number }[] {
  const span = Math.max(1, southEast.x - northWest.x, southEast.y - northWest.y);
  const z = Math.max(0, Math.min(orderBits, 31 - Math.ceil(Math.log2(span + 1))));
  const tile = (steps: number) => Math.floor(steps / 2 ** (31 - z));
  const ranges: { from: number; to: number }[] = [];
  for (let x = tile(northWest.x); x <= tile(southEast.x); x++)
    for (let y = tile(northWest.y); y <= tile(southEast.y); y++) ranges.push(tileRange(z, x, y, orderBits));
  return ranges;
}
