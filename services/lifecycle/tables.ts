import type { Position } from '#contracts/primitives.ts';
import type { LocatedRows } from '../district/unresolved-areas.ts';
import type { Change, Recorded } from './fold.ts';

export type SqlType = 'text' | 'boolean' | 'integer' | 'bigint' | 'float8' | 'date' | 'timestamptz' | 'jsonb';

/** Where an entity is: kept as point and area by the tables themselves. */
export interface Placed {
  location: Position | null;
  /** The area that the source stated; wins over the one in which the point lies. */
  statedAreaId: string | null;
}

/** A column and the field of the state that it holds: `due_step` is `['due', 'step']`. */
export interface Column {
  name: string;
  type: SqlType;
  path: readonly [field: string, part?: string];
}

type TypeOf<Value> = Value extends readonly unknown[]
  ? 'jsonb'
  : Value extends object
    ? { readonly [Part in keyof Value]-?: SqlType }
    : SqlType;
/** A type for every field, in the order of the columns. An object of its own is a group of columns; it is null when its first column is. */
export type ColumnTypes<Fields> = { readonly [Field in keyof Fields]-?: TypeOf<NonNullable<Fields[Field]>> };

/** `statusSince` → `status_since`, as in the SQL of the migrations. */
export const columnName = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of an entity's fields; the compiler asks for every field but those left out. */
export const columnsOf = <Fields extends object>(types: ColumnTypes<Fields>): Column[] =>
  Object.entries<SqlType | Record<string, SqlType>>(types).flatMap(([field, type]): Column[] =>
    typeof type === 'string'
      ? [{ name: columnName(field), type, path: [field] }]
      : Object.entries(type).map(([part, partType]) => ({
          name: `${columnName(field)}_${columnName(part)}`,
          type: partType,
          path: [field, part],
        })),
  );

/** A column of the table of events: what it says of an event, beside its id, type, data and place in the journal. */
export interface EventColumn<State, Event> {
  name: string;
  type: SqlType;
  of: (change: Change<State, Event>) => string | null;
}

/**
 * The three tables in which an entity is kept. `<noun>_versions` has one row for each state that was ever known, `<noun>_events` every event as it
 * came, and `<noun>_heads` the last message on each subject. All have `district` and `<noun>_id`; a migration makes them.
 */
export interface EntityTables<State extends Placed, Event extends Recorded = Recorded> {
  versions: string;
  events: string;
  heads: string;
  /** Column that names the entity, such as `violation_id`, and the field of the state that it holds. */
  key: string;
  idField: string;
  columns: readonly Column[];
  eventColumns: readonly EventColumn<State, Event>[];
  /** Which of these holds `recordedtime` as the event says it: `known_at` of a late one is that of the version that it made. Left out: none. */
  recordedColumn?: string;
  /** Where an event stands among those of its entity: kept with it as `stated_order`, and what they are folded by. */
  orderOf: (entry: { event: Event; sequence: number }) => string;
  /** SQL of the day whose borders say in which area a point lies, from a row of versions. */
  borderDay: (row: string) => string;
}

/** The tables of an entity in a schema, from its noun: `violation` is kept in `violation_versions`, by `violation_id`, which is `violationId`. */
export function entityTables<State extends Placed, Event extends Recorded = Recorded>({
  schema,
  noun,
  ...rest
}: { schema: string; noun: string } & Pick<
  EntityTables<State, Event>,
  'columns' | 'eventColumns' | 'recordedColumn' | 'orderOf' | 'borderDay'
>): EntityTables<State, Event> {
  return {
    versions: `${schema}.${noun}_versions`,
    events: `${schema}.${noun}_events`,
    heads: `${schema}.${noun}_heads`,
    key: `${noun}_id`,
    idField: `${noun}Id`,
    ...rest,
  };
}

/** Names of the three, for statistics and for what is forgotten of a district. */
export const tableNames = ({
  versions,
  events,
  heads,
}: Pick<EntityTables<Placed>, 'versions' | 'events' | 'heads'>) => [versions, events, heads];

/** Rows whose point may be there before its area (district/unresolved-areas.ts). */
export const locatedRows = ({
  versions,
  key,
  borderDay,
}: Pick<EntityTables<Placed>, 'versions' | 'key' | 'borderDay'>): LocatedRows => ({
  table: versions,
  key,
  daySql: borderDay(versions.split('.').at(-1)!),
});

/** Current versions of entities of which only changes were heard; `reported`: the column that says whether one was told of. */
export const waitingRows = (
  { versions, key }: Pick<EntityTables<Placed>, 'versions' | 'key'>,
  reported = 'reported',
): { key: string; from: string } => ({ key, from: `${versions} WHERE known_until = 'infinity' AND NOT ${reported}` });

/** SQL: the local day of a moment in the district of the row. */
export const localDaySql = (row: string, column: string): string =>
  `(${row}.${column} AT TIME ZONE COALESCE((SELECT time_zone FROM geography.published_districts d WHERE d.district = ${row}.district), 'UTC'))::date`;

/** SQL of point and area of an incoming row `new` with lon, lat and stated_area_id: the stated area, else the smallest that holds the point. */
export function placeExpressions({ borderDay }: Pick<EntityTables<Placed>, 'borderDay'>): {
  at: string;
  area_id: string;
} {
  const point = 'ST_SetSRID(ST_MakePoint(new.lon, new.lat), 4326)';
  return {
    at: `CASE WHEN new.lon IS NOT NULL THEN ${point} END`,
    area_id: `COALESCE(new.stated_area_id, CASE WHEN new.lon IS NOT NULL THEN
      (SELECT area_id FROM geography.area_at_point(new.district, ${point}, ${borderDay('new')})) END)`,
  };
}
