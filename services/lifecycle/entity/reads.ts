import { z } from '@hono/zod-openapi';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { PointCells } from '#contracts/http/point-cells.ts';
import { askedDay } from '#contracts/primitives.ts';
import type { Database } from '#platform/database.ts';
import { placeConditions } from '../../district/conditions.ts';
import { known } from '../../district/known.ts';
import { listAddress } from '../../district/list-address.ts';
import { type DistrictClock, districtClock, type Moment } from '../../district/moment.ts';
import { indexIn } from '../../district/points.ts';
import { flag, listOf } from '../../district/query.ts';
import { type AreaFigures, formulaOf, type Language, readFigures } from '../read-figures.ts';
import { type HistoryRow, readHistory } from '../read-history.ts';
import { type FilteredRows, type Page, readPage } from '../read-page.ts';
import { type PointsRead, readPoints, readRowCells } from '../read-points.ts';
import { readColumns, stateOf, type VersionRow } from '../read-rows.ts';
import { entityFilter } from '../route-shapes.ts';
import { columnName, columnsOf, type EntityTables, entityTables, localDaySql } from '../tables.ts';
import type { Entity } from './entity.ts';
import { type EntityEvent, type EntityState, orderOfEvent } from './state.ts';

/** An entity and where it is kept. */
export interface KeptEntity extends DistrictClock {
  entity: Entity;
  tables: EntityTables<EntityState, EntityEvent>;
}

type Steady = Pick<EntityState, 'reported' | 'status' | 'statusSince' | 'occurredAt' | 'irregular'>;

/** Tables `<noun>_versions`, `_events` and `_heads` of the schema. A point lies in the area that held it on the local day when it happened. */
export function keptIn(schema: string, entity: Entity): KeptEntity {
  const tables = entityTables<EntityState, EntityEvent>({
    schema,
    noun: entity.noun,
    columns: [
      ...columnsOf<Steady>({
        reported: 'boolean',
        status: 'text',
        statusSince: 'timestamptz',
        occurredAt: 'timestamptz',
        irregular: 'jsonb',
      }),
      ...Object.entries(entity.fields).map(([field, { column: type }]) => ({
        name: columnName(field),
        type,
        path: [field] as const,
      })),
      ...Object.entries(entity.derived ?? {}).map(([field, { column: type }]) => ({
        name: columnName(field),
        type,
        path: [field] as const,
      })),
    ],
    eventColumns: [
      { name: 'occurred_at', type: 'timestamptz', of: ({ event }) => event.data.occurredAt },
      { name: 'irregular', type: 'text', of: ({ irregular }) => irregular },
    ],
    orderOf: (entry) => orderOfEvent(entity, entry),
    borderDay: (row) => localDaySql(row, 'occurred_at'),
  });
  return { entity, tables, ...districtClock([`${tables.versions}.known_at`]) };
}

const filterOf = ({ noun, formulas, statuses }: Entity) =>
  entityFilter(formulas, noun).extend({
    status: listOf(Object.keys(statuses), Object.keys(statuses)[0]!),
    irregular: flag,
    /** First and last local day on which it happened. */
    from: askedDay.optional(),
    to: askedDay.optional(),
  });
export type EntityFilter = z.infer<ReturnType<typeof filterOf>>;

/** Which entities: the same for the list, the map's points and the totals. Each choice among the fields is a filter of its name. */
export function entityFilterOf(entity: Entity): ReturnType<typeof filterOf> {
  const choices = Object.entries(entity.fields).flatMap(([name, { choices: values }]) =>
    values ? [[name, listOf(Object.keys(values), Object.keys(values)[0]!)] as const] : [],
  );
  return z.object({ ...Object.fromEntries(choices), ...filterOf(entity).shape });
}

/** Versions of entities, as `v`. */
const versionsOf = ({ tables }: KeptEntity): Sql => sql`${raw(tables.versions)} v`;

/** SQL: somebody has told of it. While only its steps were heard of, it waits, and is in no list and no figure. */
const isReported: Sql = raw('v.reported');

/** SQL: the local day when it happened. */
const localDay = ({ timeZone }: Moment): Sql => sql`(v.occurred_at AT TIME ZONE ${timeZone})::date`;

function entitiesOf(kept: KeptEntity, filter: EntityFilter, moment: Moment): FilteredRows {
  const { fields, formulas, feed } = kept.entity;
  const { goneStatuses } = feed.points!;
  const { status, irregular, from, to, formula } = filter;
  const conditions = [sql`v.district = ${moment.district}`, known('v', moment), isReported];
  for (const [name, { choices, column }] of Object.entries(fields)) {
    const wanted: unknown = choices && Reflect.get(filter, name);
    if (wanted) conditions.push(sql`v.${raw(columnName(name))} = ANY(${wanted}::${raw(column)}[])`);
  }
  if (status) conditions.push(sql`v.status = ANY(${status}::text[])`);
  // As on the map. A formula says itself what it counts, and a point that was clicked is found whatever became of it.
  else if (!formula && !filter.firstSequence) conditions.push(sql`v.status <> ALL(${goneStatuses}::text[])`);
  if (irregular !== undefined) conditions.push(sql`(v.irregular <> '[]') = ${irregular}`);
  if (from) conditions.push(sql`${localDay(moment)} >= ${from}::date`);
  if (to) conditions.push(sql`${localDay(moment)} <= ${to}::date`);
  if (formula) conditions.push(formulaOf(formulas, formula).condition(moment));
  conditions.push(...placeConditions('v', filter, moment));
  return { from: versionsOf(kept), where: join(conditions, ' AND ') };
}

/** An entity as the API shows it: its id and fields, and what every entity has. */
export interface EntityView {
  status: string;
  statusSince: string;
  occurredAt: string;
  knownAt: string;
  location: EntityState['location'];
  areaId: string | null;
  irregular: string[];
  lawfulSteps: string[];
  firstSequence: number;
  /** The ETag, without quotes. */
  version: number;
  [field: string]: unknown;
}

function viewOf({ entity, tables }: KeptEntity, row: VersionRow): EntityView {
  const { reported: _reported, statedAreaId: _stated, ...state } = stateOf(tables, row);
  const moments = Object.entries(entity.derived ?? {}).filter(([, { column }]) => column === 'timestamptz');
  return {
    ...state,
    ...Object.fromEntries(moments.map(([field]) => [field, isoOrNull(state[field])])),
    status: state.status,
    location: state.location,
    irregular: [...state.irregular],
    statusSince: new Date(state.statusSince).toISOString(),
    occurredAt: new Date(state.occurredAt).toISOString(),
    knownAt: new Date(row.known_at).toISOString(),
    areaId: row.area_id,
    lawfulSteps: [...entity.stepTable.lawful[state.status]!],
    firstSequence: row.first_sequence,
    version: row.sequence,
  };
}

const isoOrNull = (moment: unknown) => (moment === null ? null : new Date(String(moment)).toISOString());

/** One page, newest first, with the total of the filter. */
export const listEntities = (
  database: Database,
  kept: KeptEntity,
  moment: Moment,
  filter: EntityFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<EntityView>> =>
  readPage(database, entitiesOf(kept, filter, moment), page, {
    columns: raw(readColumns(kept.tables)),
    order: [
      { name: 'v.occurred_at', type: 'timestamptz' },
      { name: 'v.first_sequence', type: 'bigint' },
    ],
    view: (row: VersionRow) => viewOf(kept, row),
  });

/** The entity as known at the moment, or undefined. */
export async function findEntity(
  database: Database,
  kept: KeptEntity,
  moment: Moment,
  id: string,
): Promise<EntityView | undefined> {
  const { tables } = kept;
  const { rows } = await database.query<VersionRow>(
    sql`SELECT ${raw(readColumns(tables))} FROM ${versionsOf(kept)}
     WHERE v.district = ${moment.district} AND v.${raw(tables.key)} = ${id} AND ${known('v', moment)} AND ${isReported}`,
  );
  return rows[0] && viewOf(kept, rows[0]);
}

/** Its events as known at the moment, in journal order. */
export const historyOfEntity = (database: Database, { tables }: KeptEntity, moment: Moment, id: string) =>
  readHistory(
    database,
    tables,
    moment,
    [id],
    ({ id: _id, known_at, occurred_at, ...entry }: HistoryRow & { occurred_at: Date; irregular: string | null }) => ({
      ...entry,
      knownAt: known_at.toISOString(),
      occurredAt: occurred_at.toISOString(),
    }),
  );

/** The located ones of a filter; the day is the local one when it happened. */
export const entityPoints = (
  database: Database,
  kept: KeptEntity,
  moment: Moment,
  filter: EntityFilter,
): Promise<PointsRead> => {
  return readPoints(database, entitiesOf(kept, filter, moment), pointSaid(kept, moment));
};

/** The same, counted by cell. */
export const entityCells = (
  database: Database,
  kept: KeptEntity,
  moment: Moment,
  filter: EntityFilter,
  cellZoom: number,
): Promise<PointCells> =>
  readRowCells(database, entitiesOf(kept, filter, moment), kept.entity.feed.points, pointSaid(kept, moment), {
    cellZoom,
    asOf: moment.instant,
  });

function pointSaid({ entity: { category, feed } }: KeptEntity, moment: Moment) {
  const { categories, statuses } = feed.points;
  return {
    day: localDay(moment),
    category: indexIn(categories, `v.${columnName(category)}`),
    status: indexIn(statuses, 'v.status'),
  };
}

/** Every figure for areas; `touched` narrows to those and everything above them. */
export const entityFigures = (
  database: Database,
  kept: KeptEntity,
  moment: Moment,
  language: Language,
  touched?: readonly string[],
): Promise<AreaFigures[]> =>
  readFigures(
    database,
    moment,
    {
      formulas: kept.entity.formulas,
      from: versionsOf(kept),
      known: sql`v.district = ${moment.district} AND ${known('v', moment)} AND ${isReported}`,
      listOf: (areaId, formula) =>
        listAddress(kept.entity.listAddress, moment, { areaId: areaId ?? undefined }, { formula }),
    },
    language,
    touched,
  );
