import sql, { raw, type Sql } from 'sql-template-tag';
import type { Moment } from './moment.ts';

type Asked = Pick<Moment, 'asOf'>;

/** SQL: the version `v` was known at the moment. Without asOf it is the condition of the partial indexes on current rows. */
export const known = (v: string, { asOf }: Asked): Sql =>
  asOf === undefined
    ? sql`${raw(v)}.known_until = 'infinity'`
    : sql`${raw(v)}.known_at <= ${asOf}::timestamptz AND ${raw(v)}.known_until > ${asOf}::timestamptz`;

/** SQL: the row `v`, which nothing takes back, was known at the moment. */
export const knownSince = (v: string, { asOf }: Asked): Sql =>
  asOf === undefined ? sql`true` : sql`${raw(v)}.known_at <= ${asOf}::timestamptz`;
