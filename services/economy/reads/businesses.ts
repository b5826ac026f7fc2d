import sql, { raw } from 'sql-template-tag';
import { businesses as feed } from '#contracts/events/economy/feeds.ts';
import type { PointCells } from '#contracts/http/point-cells.ts';
import type { Figure } from '#contracts/http.ts';
import type { Database } from '#platform/database.ts';
import { known } from '../../district/known.ts';
import { listAddress } from '../../district/list-address.ts';
import type { Moment } from '../../district/moment.ts';
import { indexIn } from '../../district/points.ts';
import { type AreaFigures, figureOf, type Language, readFigures } from '../../lifecycle/read-figures.ts';
import { countRows, type Page, readPage } from '../../lifecycle/read-page.ts';
import { type PointsRead, readPoints, readRowCells } from '../../lifecycle/read-points.ts';
import { readColumns, stateOf, type VersionRow } from '../../lifecycle/read-rows.ts';
import { businessTables } from '../business/tables.ts';
import { type BusinessFilter, businessesOf, held, withSpans } from './filters.ts';
import { formulaOf, formulas } from './formulas.ts';

type Row = VersionRow & { status: string | null; from_day: string | null; licensed_until: string | null };

const columns = sql`${raw(readColumns(businessTables))}, s.status, s.from_day, s.licensed_until`;

/** A business as the API shows it, with its status on the day. `lapsed`: the licence term ended before the day, which is not proof of closing. */
function viewOf(row: Row, on: string) {
  const { statedAreaId: _stated, ...business } = stateOf(businessTables, row);
  return {
    ...business,
    areaId: row.area_id,
    knownAt: new Date(row.known_at).toISOString(),
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
export const listBusinesses = (
  database: Database,
  moment: Moment,
  filter: BusinessFilter,
  page: { limit: number; cursor?: string },
): Promise<Page<BusinessView>> =>
  readPage(database, businessesOf(filter, moment), page, {
    columns,
    order: [{ name: 'v.first_sequence', type: 'bigint' }],
    view: (row: Row) => viewOf(row, filter.on ?? moment.day),
  });

/** The business as known at the moment, also when no span holds on the day; or undefined. */
export async function findBusiness(
  database: Database,
  moment: Moment,
  businessId: string,
  on: string,
): Promise<BusinessView | undefined> {
  const { rows } = await database.query<Row>(
    sql`SELECT ${columns} FROM economy.business_versions v LEFT JOIN economy.status_spans s ON s.district = v.district AND s.business_id = v.business_id
       AND ${known('s', moment)} AND s.from_day <= ${on}::date AND s.until_day > ${on}::date
     WHERE v.district = ${moment.district} AND v.business_id = ${businessId} AND v.registered AND ${known('v', moment)}`,
  );
  return rows[0] && viewOf(rows[0], on);
}

/** The located ones of a filter; the day is that since which the status holds. */
export const businessPoints = (database: Database, moment: Moment, filter: BusinessFilter): Promise<PointsRead> =>
  readPoints(database, businessesOf(filter, moment), pointSaid);

/** The same, counted by cell. */
export const businessCells = (
  database: Database,
  moment: Moment,
  filter: BusinessFilter,
  cellZoom: number,
): Promise<PointCells> =>
  readRowCells(database, businessesOf(filter, moment), feed.points, pointSaid, { cellZoom, asOf: moment.instant });

const pointSaid = {
  day: sql`s.from_day`,
  category: indexIn(feed.points.categories, 'v.form'),
  status: indexIn(feed.points.statuses, 's.status'),
};

const listOf = (moment: Moment, on: string, areaId: string | null, formula: string) =>
  listAddress('/api/economy/businesses', moment, { areaId: areaId ?? undefined, on }, { formula });

/** Every formula for areas on a day; `touched` narrows to those and everything above them. */
export const businessFigures = (
  database: Database,
  moment: Moment,
  on: string,
  language: Language,
  touched?: string[],
): Promise<AreaFigures[]> =>
  readFigures(
    database,
    moment,
    {
      formulas,
      lookingFrom: { ...moment, day: on },
      from: withSpans,
      known: held(moment, on),
      listOf: (areaId, formula) => listOf(moment, on, areaId, formula),
    },
    language,
    touched,
  );

/** One formula for one area, or for the whole district. */
export async function figureFor(
  database: Database,
  moment: Moment,
  filter: BusinessFilter & { formula: string; on: string },
  language: Language,
): Promise<Figure> {
  const value = await countRows(database, businessesOf(filter, moment));
  const list = listOf(moment, filter.on, filter.areaId ?? null, filter.formula);
  return figureOf(formulaOf(filter.formula), value, list, language);
}
