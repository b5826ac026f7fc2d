import { pointCategories, pointRecordSql, pointStatuses, swapPoints } from '#contracts/points.ts';
import type { Database } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import { knownSql, Parameters } from '../../district/conditions.ts';
import type { Moment } from '../../district/moment.ts';
import { type BusinessFilter, filterSql, fromSql } from './filters.ts';

interface Row {
  business_id: string;
  registered: boolean;
  name: string | null;
  form: string;
  sector: string | null;
  registered_date: string | null;
  employees: number | null;
  address: string | null;
  area_id: string | null;
  lon: number | null;
  lat: number | null;
  known_at: Date;
  first_sequence: number;
  sequence: number;
  status: string | null;
  from_day: string | null;
  licensed_until: string | null;
}

const columns = `v.business_id, v.registered, v.name, v.form, v.sector, v.registered_date, v.employees, v.address, v.area_id, ST_X(v.at) AS lon, ST_Y(v.at) AS lat,
  v.known_at, v.first_sequence, v.sequence, s.status, s.from_day, s.licensed_until`;

/** A business as the API shows it, with its status on the day. `lapsed`: the licence term ended before the day, which is not proof of closing. */
function viewOf(row: Row, on: string) {
  return {
    businessId: row.business_id,
    registered: row.registered,
    name: row.name,
    form: row.form,
    sector: row.sector,
    registeredDate: row.registered_date,
    employees: row.employees,
    address: row.address,
    areaId: row.area_id,
    location: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
    knownAt: row.known_at.toISOString(),
    status: row.status,
    statusSince: row.from_day,
    licensedUntil: row.licensed_until,
    lapsed: row.licensed_until !== null && row.licensed_until < on,
    firstSequence: row.first_sequence,
    version: row.sequence,
  };
}
export type BusinessView = ReturnType<typeof viewOf>;

/** One page, in the order in which the journal heard of them, newest first, with the total of the filter. */
export async function listBusinesses(
  database: Database,
  moment: Moment,
  filter: BusinessFilter,
  page: { limit: number; cursor?: string },
): Promise<{ items: BusinessView[]; total: number; nextCursor: string | null }> {
  const parameters = new Parameters();
  let where = filterSql(filter, moment, parameters);
  if (page.cursor) where += ` AND v.first_sequence < ${parameters.add(readCursor(page.cursor))}::bigint`;
  const [{ rows }, total] = await Promise.all([
    database.query<Row>(
      `SELECT ${columns} FROM ${fromSql} WHERE ${where} ORDER BY v.first_sequence DESC LIMIT ${parameters.add(page.limit + 1)}`,
      parameters.values,
    ),
    countBusinesses(database, moment, filter),
  ]);
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  const on = filter.on ?? moment.day;
  return { items: shown.map((row) => viewOf(row, on)), total, nextCursor: last ? String(last.first_sequence) : null };
}

export async function countBusinesses(database: Database, moment: Moment, filter: BusinessFilter): Promise<number> {
  const parameters = new Parameters();
  const where = filterSql(filter, moment, parameters);
  const { rows } = await database.query<{ total: number }>(
    `SELECT count(*) AS total FROM ${fromSql} WHERE ${where}`,
    parameters.values,
  );
  return rows[0]!.total;
}

/** The business as known at the moment, also when no span holds on the day; or undefined. */
export async function findBusiness(
  database: Database,
  moment: Moment,
  businessId: string,
  on: string,
): Promise<BusinessView | undefined> {
  const parameters = new Parameters();
  const date = `${parameters.add(on)}::date`;
  const { rows } = await database.query<Row>(
    `SELECT ${columns} FROM economy.business_versions v LEFT JOIN economy.status_spans s ON s.district = v.district AND s.business_id = v.business_id
       AND ${knownSql('s', moment, parameters)} AND s.from_day <= ${date} AND s.until_day > ${date}
     WHERE v.district = ${parameters.add(moment.district)} AND v.business_id = ${parameters.add(businessId)} AND ${knownSql('v', moment, parameters)}`,
    parameters.values,
  );
  return rows[0] && viewOf(rows[0], on);
}

/** Index of a text in a list that is part of the format. */
const indexSql = (column: string, list: readonly string[]) =>
  `array_position(ARRAY[${list.map((item) => `'${item}'`).join(',')}], ${column}) - 1`;

/** The located ones of a filter, 16 bytes each, and how many have no position and so are in the list only. */
export async function businessPoints(
  database: Database,
  moment: Moment,
  filter: BusinessFilter,
): Promise<{ bytes: Buffer; withoutPlace: number }> {
  const parameters = new Parameters();
  const record = pointRecordSql(
    'v.at',
    'v.first_sequence',
    's.from_day',
    indexSql('v.form', pointCategories.businesses),
    indexSql('s.status', pointStatuses.businesses),
  );
  const where = filterSql(filter, moment, parameters);
  const { rows } = await database.query<{ records: Buffer | null; without_place: number }>(
    `SELECT string_agg(CASE WHEN v.at IS NOT NULL THEN ${record} END, ''::bytea ORDER BY v.first_sequence) AS records,
       count(*) FILTER (WHERE v.at IS NULL) AS without_place FROM ${fromSql} WHERE ${where}`,
    parameters.values,
  );
  return { bytes: swapPoints(rows[0]!.records ?? Buffer.alloc(0)), withoutPlace: rows[0]!.without_place };
}

function readCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor))
    throw new Problem(422, 'The request does not fit', {
      errors: [{ field: 'query.cursor', value: cursor, reason: 'a cursor that this list gave' }],
    });
  return Number(cursor);
}
