import { pointLayerOf } from '#contracts/feeds.ts';
import type { Database } from '#platform/database.ts';
import { standingStatuses } from '../points/point-state.ts';
import { cellZoom, orderBits, tileRange } from '../points/z-order.ts';
import { type TileAddress, tileExtent } from './tile-address.ts';

/** Most points that a tile carries one by one; a tile with more carries counts of a grid instead. */
export const mostPoints = 3000;
/** A crowded tile is counted in 2^5 × 2^5 cells. */
const gridZoom = 5;
/** Bits of a Z-order number below the tile that name a cell of its grid. */
const gridCells = 4 ** gridZoom;

/**
 * Counts by cell of the tile's grid, one feature in the middle of each cell: `aggregate` true, `count`, and a count for each category under
 * its own name. Bits of the cell's number are taken apart again into column and row.
 */
const gridOf = (layer: string, source: string) => {
  const names = pointLayerOf(layer)
    .categories.map((name, i) => `nullif(c${i}, 0) AS "${name}"`)
    .join(', ');
  const axis = (shift: number) =>
    Array.from({ length: gridZoom }, (_, bit) => `(((g >> ${2 * bit + shift}) & 1) << ${bit})`).join(' | ');
  const middle = tileExtent / 2 ** (gridZoom + 1);
  return `, grid AS MATERIALIZED (${source}),
    total AS MATERIALIZED (SELECT coalesce(sum(count), 0) AS points FROM grid)
  SELECT (SELECT points FROM total) AS total, (SELECT ST_AsMVT(t, '${layer}', ${tileExtent}, 'geom') FROM (
    SELECT ST_MakePoint((${axis(0)}) * ${2 * middle} + ${middle}, (${axis(1)}) * ${2 * middle} + ${middle}) AS geom, true AS aggregate, count, ${names}
    FROM grid WHERE (SELECT points FROM total) > ${mostPoints}) t) AS tile`;
};

/** From the counted cells; the grid of a zoom-15 tile is the cells themselves. */
function gridFromCells(layer: string, z: number): string {
  const finer = 2 * (cellZoom - gridZoom - z);
  const counted = pointLayerOf(layer).categories.map((_, i) => `count_${i}`);
  const sums = counted.map((name, i) => `sum(${name})::integer AS c${i}`).join(', ');
  return `WITH chosen AS (SELECT cell, ${counted.join(', ')} FROM geography.point_cells
      WHERE district = $1 AND layer = '${layer}' AND cell >= $2 AND cell < $3)
    ${gridOf(layer, `SELECT ((cell >> ${finer}) % ${gridCells})::integer AS g, sum(${counted.join(' + ')})::integer AS count, ${sums} FROM chosen GROUP BY 1`)}`;
}

/** From the points: below the cells' own size, where few of a district's points are in one tile. */
function gridFromPoints(layer: string, z: number): string {
  const finer = 2 * (orderBits - gridZoom - z);
  const standing = standingStatuses(layer);
  const sums = pointLayerOf(layer)
    .categories.map((_, i) => `(count(*) FILTER (WHERE category = ${i}))::integer AS c${i}`)
    .join(', ');
  return `WITH chosen AS (SELECT z_order, category FROM geography.points WHERE district = $1 AND layer = '${layer}'
      AND z_order >= $2 AND z_order < $3 AND status = ANY('{${standing.join(',')}}'))
    ${gridOf(layer, `SELECT ((z_order >> ${finer}) % ${gridCells})::integer AS g, count(*)::integer AS count, ${sums} FROM chosen GROUP BY 1`)}`;
}

/** Each point by itself: `id` is the entity's first sequence, which names it; category, status and day as words. */
function pointsOf(layer: string, z: number): string {
  const finer = 31 - z - 12;
  const words = (names: readonly string[]) => `'{${names.join(',')}}'::text[]`;
  return `SELECT ST_AsMVT(t, '${layer}', ${tileExtent}, 'geom', 'id') AS tile FROM (
    SELECT ST_MakePoint((x >> ${finer}) - $4, (y >> ${finer}) - $5) AS geom, first_sequence AS id,
      (${words(pointLayerOf(layer).categories)})[category + 1] AS category, (${words(pointLayerOf(layer).statuses)})[status + 1] AS status,
      coalesce(day, (happened_at AT TIME ZONE $6)::date)::text AS day
    FROM geography.points WHERE district = $1 AND layer = '${layer}' AND z_order >= $2 AND z_order < $3
      AND status = ANY('{${standingStatuses(layer).join(',')}}')) t`;
}

/**
 * A vector tile of points. Whether it carries points or counts is decided tile by tile, by how many there are: a market street crowds at
 * zoom 16, a canal bank does not at 12. Both leave out what turned out to be nothing, or another: the sum is the
 * same at every zoom. Single points bring their status.
 */
export async function pointTile(
  database: Database,
  layer: string,
  place: { district: string; timeZone: string },
  { z, x, y }: TileAddress,
): Promise<Buffer> {
  const fromCells = z + gridZoom <= cellZoom;
  const range = tileRange(z, x, y, fromCells ? cellZoom : orderBits);
  const { rows } = await database.query<{ total: number; tile: Buffer | null }>({
    name: `grid-${layer}-${z}`,
    text: fromCells ? gridFromCells(layer, z) : gridFromPoints(layer, z),
    values: [place.district, range.from, range.to],
  });
  const { total, tile } = rows[0]!;
  if (total > mostPoints) return tile!;
  const points = tileRange(z, x, y, orderBits);
  const single = await database.query<{ tile: Buffer }>({
    name: `points-${layer}-${z}`,
    text: pointsOf(layer, z),
    values: [place.district, points.from, points.to, x * tileExtent, y * tileExtent, place.timeZone],
  });
  return single.rows[0]!.tile;
}
