import { bytesPerPoint, pointRecordSql, pointsMediaType, swapPoints } from '#contracts/points.ts';
import type { Database } from '#platform/database.ts';
import { Parameters } from '../district/conditions.ts';
import type { FilteredRows } from './read-page.ts';

/** What a point says beside where it is, in SQL over the rows: its day, and the indices of its category and its status. */
export interface PointSql {
  day: string;
  category: string;
  status: string;
}

export interface PointsRead {
  /** 16 bytes a point (contracts/points.ts). */
  bytes: Buffer;
  /** Rows of the filter that are in the list only. */
  withoutPlace: number;
}

/** The located rows of a filter, by the sequence of their first event. */
export async function readPoints(
  database: Database,
  { from, where }: FilteredRows,
  point: (parameters: Parameters) => PointSql,
): Promise<PointsRead> {
  const parameters = new Parameters();
  const { day, category, status } = point(parameters);
  const record = pointRecordSql('v.at', 'v.first_sequence', day, category, status);
  const conditions = where(parameters);
  const { rows } = await database.query<{ records: Buffer | null; without_place: number }>(
    `SELECT string_agg(CASE WHEN v.at IS NOT NULL THEN ${record} END, ''::bytea ORDER BY v.first_sequence) AS records,
       count(*) FILTER (WHERE v.at IS NULL) AS without_place FROM ${from} WHERE ${conditions}`,
    parameters.values,
  );
  return { bytes: swapPoints(rows[0]!.records ?? Buffer.alloc(0)), withoutPlace: rows[0]!.without_place };
}

/** SQL: index of a text in a list that is part of the format. */
export const indexSql = (column: string, list: readonly string[]): string =>
  `array_position(ARRAY[${list.map((item) => `'${item}'`).join(',')}], ${column}) - 1`;

/** Headers of an answer with points: the total of the list, those of it without a position, and the moment. */
export const pointsHeaders = ({ bytes, withoutPlace }: PointsRead, instant: string) => ({
  'content-type': pointsMediaType,
  'x-total-count': String(bytes.length / bytesPerPoint + withoutPlace),
  'x-without-place': String(withoutPlace),
  'x-as-of': instant,
});
