import type { Versioned } from '#platform/command.ts';
import type { Database, Transaction } from '#platform/database.ts';
import type { Recorded, Told, Version } from './fold.ts';
import type { EntityTables, Placed } from './tables.ts';

/** A row of versions as it is read back: what every entity has, and its own columns. */
export interface VersionRow {
  known_at: string;
  stated_area_id: string | null;
  area_id: string | null;
  lon: number | null;
  lat: number | null;
  first_sequence: number;
  sequence: number;
  event_key: string;
  [column: string]: unknown;
}

/** Columns of a row `v` of versions that `stateOf` and `versionOf` want; timestamps as text, so that microseconds survive. */
export function readColumns<State extends Placed, Event extends Recorded>(
  { key, columns }: EntityTables<State, Event>,
  v = 'v',
): string {
  const own = columns.map(({ name, type }) => `${v}.${name}${type === 'timestamptz' ? '::text' : ''}`);
  return `${[`${v}.${key}`, ...own].join(', ')}, ${v}.known_at::text, ${v}.stated_area_id, ${v}.area_id, ST_X(${v}.at) AS lon, ST_Y(${v}.at) AS lat,
    ${v}.first_sequence, ${v}.sequence, ${v}.event_key`;
}

/** The state that a row holds. */
export function stateOf<State extends Placed, Event extends Recorded>(
  { key, idField, columns }: EntityTables<State, Event>,
  row: VersionRow,
): State {
  const state: Record<string, unknown> = {
    [idField]: row[key],
    location: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
    statedAreaId: row.stated_area_id,
  };
  let group: Record<string, unknown> | null = null;
  for (const { name, path } of columns) {
    const [field, part] = path;
    const value = row[name];
    if (part === undefined) state[field] = value;
    // The first column of a group says whether there is one.
    else if (!(field in state)) state[field] = group = value === null ? null : { [part]: value };
    else if (group) group[part] = value;
  }
  return state as State & Record<string, unknown>;
}

export const versionOf = <State extends Placed, Event extends Recorded>(
  tables: EntityTables<State, Event>,
  row: VersionRow,
): Version<State> => ({
  state: stateOf(tables, row),
  knownAt: row.known_at,
  knownUntil: 'infinity',
  firstSequence: row.first_sequence,
  sequence: row.sequence,
  eventKey: row.event_key,
});

/**
 * Current versions of entities. Planned anew each time and joined to the wanted ids: a plan that was made when the table was empty reads all of
 * it, and `= ANY` compares every row with every id.
 */
export async function readCurrent<State extends Placed, Event extends Recorded>(
  database: Database | Transaction,
  tables: EntityTables<State, Event>,
  district: string,
  ids: Iterable<string>,
): Promise<Map<string, Version<State>>> {
  const { versions, key } = tables;
  const { rows } = await database.query<VersionRow>(
    `SELECT ${readColumns(tables)} FROM ${versions} v JOIN unnest($2::text[]) AS wanted(${key}) USING (${key})
     WHERE v.district = $1 AND v.known_until = 'infinity'`,
    [district, [...new Set(ids)]],
  );
  return new Map(rows.map((row) => [String(row[key]), versionOf(tables, row)]));
}

/**
 * An entity as a command sees it: its state, and the last message on its subject, which the journal is asked to expect. The head is read before the
 * state: a fact that comes between the two then makes the journal refuse, where the other order would decide on an old state under a new head.
 */
export async function readVersioned<State>(
  database: Database,
  { heads, key }: Pick<EntityTables<Placed>, 'heads' | 'key'>,
  district: string,
  id: string,
  readVersion: () => Promise<Version<State> | undefined>,
): Promise<Versioned<State> | undefined> {
  const { rows } = await database.query<{ sequence: number }>(
    `SELECT sequence FROM ${heads} WHERE district = $1 AND ${key} = $2`,
    [district, id],
  );
  const version = await readVersion();
  return version && { state: version.state, sequence: version.sequence, subjectSequence: rows[0]?.sequence };
}

/** What the rows know of the events of a batch: which of them they have, and every event of these entities, to fold theirs among them. */
export interface KnownEvents<Event> {
  seen: Set<string>;
  told: Map<string, Told<Event>[]>;
}

/** One statement for both: of entities that are new, and of events that were not heard, there is nothing to read. */
export async function readEvents<State extends Placed, Event extends Recorded & { data: object }>(
  database: Database | Transaction,
  { events, key, recordedColumn }: Pick<EntityTables<State, Event>, 'events' | 'key' | 'recordedColumn'>,
  district: string,
  { ids, eventKeys }: { ids: Iterable<string>; eventKeys: readonly string[] },
): Promise<KnownEvents<Event>> {
  const recorded = recordedColumn ? `COALESCE(${recordedColumn}, known_at)` : 'known_at';
  const { rows } = await database.query<{
    id: string;
    event_key: string;
    sequence: number;
    type: string;
    recorded_at: string;
    stated_order: string;
    data: object;
  }>(
    `SELECT ${key} AS id, event_key, sequence, type, ${recorded}::text AS recorded_at, stated_order, data FROM ${events} JOIN unnest($2::text[]) AS wanted(${key}) USING (${key})
     WHERE district = $1
     UNION ALL
     SELECT ${key}, event_key, sequence, type, ${recorded}::text, stated_order, data FROM ${events} JOIN unnest($3::text[]) AS heard(event_key) USING (event_key)
     WHERE district = $1 AND ${key} <> ALL ($2::text[])`,
    [district, [...new Set(ids)], eventKeys],
  );
  const seen = new Set(rows.map((row) => row.event_key));
  const told = new Map<string, Told<Event>[]>();
  for (const { id, event_key, sequence, type, recorded_at, stated_order, data } of rows) {
    const space = event_key.indexOf(' ');
    const event = {
      source: event_key.slice(0, space),
      id: event_key.slice(space + 1),
      type,
      recordedtime: recorded_at,
      data,
    };
    const one = { sequence, subject: '', order: stated_order, event: event as Recorded & { data: object } as Event };
    const own = told.get(id);
    if (own) own.push(one);
    else told.set(id, [one]);
  }
  return { seen, told };
}
