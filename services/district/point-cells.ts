import { z } from '@hono/zod-openapi';
import sql, { type Sql } from 'sql-template-tag';
import type { PointLayer } from '#contracts/define-feed.ts';
import type { PointCell, PointCells } from '#contracts/http/point-cells.ts';
import { pointClocks } from '#contracts/point-format.ts';
import type { Database } from '#platform/database.ts';
import { flag } from './query.ts';

/** How a map wants points: counted by cell, or one by one with the clock in each. */
export const pointsWanted = z.object({
  cellZoom: z.coerce.number().int().min(0).max(20).optional().openapi({
    description: 'counts by cell, as JSON; at this zoom a cell is a tile. Left out: every point',
  }),
  clock: flag.openapi({
    description:
      'true: the two highest bits of the category say what is asked of somebody: 1 new, 2 due soon, 3 overdue',
  }),
});

/** Points of one cell that have category, status and clock in common. */
export interface CellPart {
  x: number;
  y: number;
  category: number | null;
  status: number | null;
  clock: number;
  count: number;
  lonSum: number;
  latSum: number;
  firstSequence: number;
}

/** Cells of a layer from their parts: what turned out to be nothing is in none. Ordered by place. */
export function foldCells(
  parts: readonly CellPart[],
  {
    categories,
    statuses,
    openStatuses,
    goneStatuses,
  }: Pick<PointLayer, 'categories' | 'statuses' | 'openStatuses' | 'goneStatuses'>,
): PointCell[] {
  const cells = new Map<string, PointCell>();
  for (const part of parts) {
    const status = statuses[part.status ?? -1] ?? '';
    if (goneStatuses.includes(status)) continue;
    const key = `${part.x} ${part.y}`;
    const cell = cells.get(key) ?? {
      x: part.x,
      y: part.y,
      lon: 0,
      lat: 0,
      count: 0,
      open: 0,
      late: 0,
      due: 0,
      fresh: 0,
      categories: categories.map(() => 0),
      firstSequence: null,
    };
    const clock = pointClocks[part.clock];
    const count = cell.count + part.count;
    cells.set(key, {
      ...cell,
      count,
      lon: cell.lon + part.lonSum,
      lat: cell.lat + part.latSum,
      open: cell.open + (openStatuses.includes(status) ? part.count : 0),
      late: cell.late + (clock === 'late' ? part.count : 0),
      due: cell.due + (clock === 'due' ? part.count : 0),
      fresh: cell.fresh + (clock === 'new' ? part.count : 0),
      // What the list does not know is its last one, as in the records.
      categories: cell.categories.map((n, i) => (i === (part.category ?? categories.length - 1) ? n + part.count : n)),
      firstSequence: count === 1 ? part.firstSequence : null,
    });
  }
  return [...cells.values()]
    .map((cell) => ({ ...cell, lon: cell.lon / cell.count, lat: cell.lat / cell.count }))
    .sort((a, b) => a.y - b.y || a.x - b.x);
}

/**
 * Counts by cell.
 *
 * @param located SQL that ends in a row for each point: `at`, `first_sequence`, and `category`, `status` and `clock` as indices in their lists
 * @param before SQL of common tables that `located` wants; left out: none
 */
export async function readCells(
  database: Database,
  layer: PointLayer,
  { located, before, cellZoom, asOf }: { located: Sql; before?: Sql; cellZoom: number; asOf: string },
): Promise<PointCells> {
  const world = 2 ** cellZoom;
  const { rows } = await database.query<CellPart>(
    sql`WITH ${before ? sql`${before}, ` : sql``}located AS (${located}), placed AS (
       SELECT ST_X(at) AS lon, ST_Y(at) AS lat, category, status, coalesce(clock, 0) AS clock, first_sequence FROM located WHERE at IS NOT NULL
     ), gridded AS (
       SELECT *, least(${world - 1}, greatest(0, floor((lon + 180) / 360 * ${world})))::int AS x,
         least(${world - 1}, greatest(0, floor((1 - asinh(tan(radians(greatest(-85.0511, least(85.0511, lat))))) / pi()) / 2 * ${world})))::int AS y FROM placed)
     SELECT x, y, category, status, clock, count(*)::int AS count, sum(lon)::float8 AS "lonSum", sum(lat)::float8 AS "latSum",
       min(first_sequence)::float8 AS "firstSequence" FROM gridded GROUP BY x, y, category, status, clock`,
  );
  const cells = foldCells(rows, layer);
  return { asOf, cellZoom, total: cells.reduce((sum, cell) => sum + cell.count, 0), cells };
}
