import sql, { raw, type Sql } from 'sql-template-tag';
import { clockShift } from '#contracts/point-format.ts';

/** SQL of what a record of contracts/points.ts says of a row. */
export interface PointColumns {
  at: Sql;
  firstSequence: Sql;
  /** A date. */
  day: Sql;
  /** Indices in the feed's lists. */
  category: Sql;
  status: Sql;
  /** Index in `pointClocks`; left out: no point has a clock. */
  clock?: Sql;
}

/** SQL expression of one record in network byte order; `swapPoints` turns the joined records into the format. */
export const pointRecord = ({ at, firstSequence, day, category, status, clock }: PointColumns): Sql =>
  sql`float4send(ST_X(${at})::float4) || float4send(ST_Y(${at})::float4) || int4send((${firstSequence})::int4) ||
   int4send(((${status})::int << 24) | ((${clock ? sql`((${clock})::int << ${clockShift}) | ` : sql``}(${category})::int) << 16) | ((${day})::date - DATE '1970-01-01'))`;

/** SQL: index of a column's word in a list that is part of the format; NULL when it is not in it. */
export const indexIn = (list: readonly string[], column: string): Sql =>
  raw(`array_position(ARRAY[${list.map((word) => `'${word}'`).join(',')}], ${column}) - 1`);
