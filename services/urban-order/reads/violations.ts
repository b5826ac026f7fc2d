import sql, { raw, type Sql } from 'sql-template-tag';
import { violations as feed } from '#contracts/events/urban-order/feeds.ts';
import type { PointCells } from '#contracts/http/point-cells.ts';
import type { Database } from '#platform/database.ts';
import { known } from '../../district/known.ts';
import { listAddress } from '../../district/list-address.ts';
import type { Moment } from '../../district/moment.ts';
import { indexIn } from '../../district/points.ts';
import { type AreaFigures, type Language, readFigures } from '../../lifecycle/read-figures.ts';
import { type Page, readPage } from '../../lifecycle/read-page.ts';
import { type PointsRead, readPoints, readRowCells } from '../../lifecycle/read-points.ts';
import { readColumns, stateOf, type VersionRow } from '../../lifecycle/read-rows.ts';
import { clockAt, dueAt, nextSteps } from '../violation/legal-clock.ts';
import { violationTables } from '../violation/tables.ts';
import { isReported, type ViolationFilter, versions, violationsOf } from './filters.ts';
import { formulas, seenOn } from './formulas.ts';

type Row = VersionRow & { due_at: Date | null };

/** A violation as the API shows it. */
function viewOf(row: Row, moment: Moment) {
  const {
    reported: _reported,
    statedAreaId: _stated,
    minutedAt: _minuted,
    due,
    ...violation
  } = stateOf(violationTables, row);
  return {
    ...violation,
    statusSince: new Date(violation.statusSince).toISOString(),
    occurredAt: new Date(violation.occurredAt).toISOString(),
    receivedAt: violation.receivedAt === null ? null : new Date(violation.receivedAt).toISOString(),
    knownAt: new Date(row.known_at).toISOString(),
    areaId: row.area_id,
    dueStep: due?.step ?? null,
    dueRule: due?.rule ?? null,
    dueFrom: due ? new Date(due.from).toISOString() : null,
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: row.due_at !== null && row.due_at.getTime() <= Date.parse(moment.instant),
    lawfulSteps: [...nextSteps(violation)],
    firstSequence: row.first_sequence,
    version: row.sequence,
  };
}
export type ViolationView = ReturnType<typeof viewOf>;

const shownColumns = ({ timeZone }: Moment): Sql =>
  sql`${raw(readColumns(violationTables))}, ${dueAt(timeZone)} AS due_at`;

/** One page, newest first, with the total of the filter. */
export const listViolations = (
  database: Database,
  moment: Moment,
  filter: ViolationFilter,
  page: { limit: number; cursor?: string },
): Promise<Page<ViolationView>> =>
  readPage(database, violationsOf(filter, moment), page, {
    columns: shownColumns(moment),
    order: [
      { name: 'v.occurred_at', type: 'timestamptz' },
      { name: 'v.first_sequence', type: 'bigint' },
    ],
    view: (row: Row) => viewOf(row, moment),
  });

/** The violation as known at the moment, or undefined. */
export async function findViolation(
  database: Database,
  moment: Moment,
  violationId: string,
): Promise<ViolationView | undefined> {
  const { rows } = await database.query<Row>(
    sql`SELECT ${shownColumns(moment)} FROM ${versions}
     WHERE v.district = ${moment.district} AND v.violation_id = ${violationId} AND ${known('v', moment)} AND ${isReported}`,
  );
  return rows[0] && viewOf(rows[0], moment);
}

/** The located ones of a filter; the day is the local one of the breach. */
export const violationPoints = (
  database: Database,
  moment: Moment,
  filter: ViolationFilter,
  isClocked: boolean,
): Promise<PointsRead> => {
  const { clock, ...said } = pointSaid(moment);
  return readPoints(database, violationsOf(filter, moment), isClocked ? { ...said, clock } : said);
};

/** The same, counted by cell. */
export const violationCells = (
  database: Database,
  moment: Moment,
  filter: ViolationFilter,
  cellZoom: number,
): Promise<PointCells> =>
  readRowCells(database, violationsOf(filter, moment), feed.points, pointSaid(moment), {
    cellZoom,
    asOf: moment.instant,
  });

const pointSaid = (moment: Moment) => ({
  day: seenOn(moment),
  category: indexIn(feed.points.categories, 'v.kind'),
  status: indexIn(feed.points.statuses, 'v.status'),
  clock: clockAt(moment),
});

/** Every formula for areas; `touched` narrows to those and everything above them. */
export const violationFigures = (
  database: Database,
  moment: Moment,
  language: Language,
  touched?: string[],
): Promise<AreaFigures[]> =>
  readFigures(
    database,
    moment,
    {
      formulas,
      from: versions,
      known: sql`v.district = ${moment.district} AND ${known('v', moment)} AND ${isReported}`,
      listOf: (areaId, formula) =>
        listAddress('/api/urban-order/violations', moment, { areaId: areaId ?? undefined }, { formula }),
    },
    language,
    touched,
  );
