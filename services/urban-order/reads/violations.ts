import { violations as feed } from '#contracts/events/urban-order/feeds.ts';
import type { Database } from '#platform/database.ts';
import { knownSql, Parameters } from '../../district/conditions.ts';
import { listAddress } from '../../district/list-address.ts';
import type { Moment } from '../../district/moment.ts';
import { type AreaFigures, type Language, readFigures } from '../../lifecycle/read-figures.ts';
import { type Page, readPage } from '../../lifecycle/read-page.ts';
import { indexSql, type PointsRead, readPoints } from '../../lifecycle/read-points.ts';
import { readColumns, stateOf, type VersionRow } from '../../lifecycle/read-rows.ts';
import { dueAtSql, nextSteps } from '../violation/legal-clock.ts';
import { violationTables } from '../violation/tables.ts';
import { type ViolationFilter, violationsOf } from './filters.ts';
import { formulas } from './formulas.ts';

type Row = VersionRow & { due_at: Date | null };

/** A violation as the API shows it. */
function viewOf(row: Row, moment: Moment) {
  const { reported: _reported, statedAreaId: _stated, due, ...violation } = stateOf(violationTables, row);
  return {
    ...violation,
    statusSince: new Date(violation.statusSince).toISOString(),
    occurredAt: new Date(violation.occurredAt).toISOString(),
    knownAt: new Date(row.known_at).toISOString(),
    areaId: row.area_id,
    dueStep: due?.step ?? null,
    dueRule: due?.rule ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: row.due_at !== null && row.due_at.getTime() <= Date.parse(moment.instant),
    lawfulSteps: [...nextSteps(violation)],
    firstSequence: row.first_sequence,
    version: row.sequence,
  };
}
export type ViolationView = ReturnType<typeof viewOf>;

const shownColumns = (moment: Moment, parameters: Parameters) =>
  `${readColumns(violationTables)}, ${dueAtSql('v', parameters.add(moment.timeZone))} AS due_at`;

/** One page, newest first, with the total of the filter. */
export const listViolations = (
  database: Database,
  moment: Moment,
  filter: ViolationFilter,
  page: { limit: number; cursor?: string },
): Promise<Page<ViolationView>> =>
  readPage(database, violationsOf(filter, moment), page, {
    columns: (parameters) => shownColumns(moment, parameters),
    order: [
      { sql: 'v.occurred_at', type: 'timestamptz' },
      { sql: 'v.first_sequence', type: 'bigint' },
    ],
    view: (row: Row) => viewOf(row, moment),
  });

/** The violation as known at the moment, or undefined. */
export async function findViolation(
  database: Database,
  moment: Moment,
  violationId: string,
): Promise<ViolationView | undefined> {
  const parameters = new Parameters();
  const { rows } = await database.query<Row>(
    `SELECT ${shownColumns(moment, parameters)} FROM ${violationTables.versions} v
     WHERE v.district = ${parameters.add(moment.district)} AND v.violation_id = ${parameters.add(violationId)} AND ${knownSql('v', moment, parameters)}`,
    parameters.values,
  );
  return rows[0] && viewOf(rows[0], moment);
}

/** The located ones of a filter; the day is the local one of the breach. */
export const violationPoints = (database: Database, moment: Moment, filter: ViolationFilter): Promise<PointsRead> =>
  readPoints(database, violationsOf(filter, moment), (parameters) => ({
    day: `(v.occurred_at AT TIME ZONE ${parameters.add(moment.timeZone)})::date`,
    category: indexSql('v.kind', feed.points.categories),
    status: indexSql('v.status', feed.points.statuses),
  }));

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
      conditions: (parameters) => formulas.map(({ sql }) => sql('v', moment, parameters)),
      from: `${violationTables.versions} v`,
      known: (parameters) => `v.district = ${parameters.add(moment.district)} AND ${knownSql('v', moment, parameters)}`,
      listOf: (areaId, formula) =>
        listAddress('/api/urban-order/violations', moment, { areaId: areaId ?? undefined }, { formula }),
    },
    language,
    touched,
  );
