import { z } from '@hono/zod-openapi';

/**
 * Points where they are many: counts by cell of a grid on the web's own projection. At `cellZoom` the world is 2^cellZoom cells wide, so a cell is one tile of that zoom; on a map at zoom z,
 * cells of z + 3 are 64 pixels wide.
 */
export const pointCells = z
  .object({
    asOf: z.string(),
    cellZoom: z.number().int(),
    /** Points that have a place: the sum over the cells. */
    total: z.number().int(),
    cells: z.array(
      z.object({
        x: z.number().int(),
        y: z.number().int(),
        /** The middle of the cell's points, degrees. */
        lon: z.number(),
        lat: z.number(),
        count: z.number().int(),
        /** Of these: still going on; by what is asked of somebody: overdue, due soon, new. One is at most one of the last three. */
        open: z.number().int(),
        late: z.number().int(),
        due: z.number().int(),
        fresh: z.number().int(),
        /** Counts by category, in the order of the feed's list. */
        categories: z.array(z.number().int()),
        /** The first event of a point that is alone in its cell; null: there are more. */
        firstSequence: z.number().int().nullable(),
      }),
    ),
  })
  .openapi('PointCells');
export type PointCells = z.infer<typeof pointCells>;
export type PointCell = PointCells['cells'][number];
