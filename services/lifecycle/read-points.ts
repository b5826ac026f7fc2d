import sql from 'sql-template-tag';
import type { PointLayer } from '#contracts/define-feed.ts';
import type { PointCells } from '#contracts/http/point-cells.ts';
import { bytesPerPoint, pointsMediaType, swapPoints } from '#contracts/points.ts';
import type { Database } from '#platform/database.ts';
import { readCells } from '../district/point-cells.ts';
import { type PointColumns, pointRecord } from '../district/points.ts';
import type { FilteredRows } from './read-page.ts';

/** What each row says beside where it is. */
export type PointSaid = Pick<PointColumns, 'day' | 'category' | 'status' | 'clock'>;

export interface PointsRead {
  /** 16 bytes a point (contracts/points.ts). */
  bytes: Buffer;
  /** Rows of the filter that are in the list only. */
  withoutPlace: number;
}

/** The located rows of a filter, by the sequence of their first event. `point`: what each says beside where it is. */
export async function readPoints(
  database: Database,
  { from, where }: FilteredRows,
  point: PointSaid,
): Promise<PointsRead> {
  const record = pointRecord({ at: sql`v.at`, firstSequence: sql`v.first_sequence`, ...point });
  const { rows } = await database.query<{ records: Buffer | null; without_place: number }>(
    sql`SELECT string_agg(CASE WHEN v.at IS NOT NULL THEN ${record} END, ''::bytea ORDER BY v.first_sequence) AS records,
       count(*) FILTER (WHERE v.at IS NULL) AS without_place FROM ${from} WHERE ${where}`,
  );
  return { bytes: swapPoints(rows[0]!.records ?? Buffer.alloc(0)), withoutPlace: rows[0]!.without_place };
}

/** The located rows of a filter, counted by cell. */
export const readRowCells = (
  database: Database,
  { from, where }: FilteredRows,
  layer: PointLayer,
  { category, status, clock = sql`0` }: PointSaid,
  { cellZoom, asOf }: { cellZoom: number; asOf: string },
): Promise<PointCells> =>
  readCells(database, layer, {
    located: sql`SELECT v.at AS at, v.first_sequence AS first_sequence, ${category} AS category, ${status} AS status, ${clock} AS clock
      FROM ${from} WHERE ${where} AND v.at IS NOT NULL`,
    cellZoom,
    asOf,
  });

/** Headers of an answer with points: the total of the list, those of it without a position, and the moment. */
export const pointsHeaders = ({ bytes, withoutPlace }: PointsRead, instant: string) => ({
  'content-type': pointsMediaType,
  'x-total-count': String(bytes.length / bytesPerPoint + withoutPlace),
  'x-without-place': String(withoutPlace),
  'x-as-of': instant,
});
