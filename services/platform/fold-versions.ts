/** A row of a table in which each change of a fact is a row of its own: known from `known_at` until `known_until`. */
export interface VersionRow {
  known_at: string;
  sequence: number;
  event_id: string;
  [column: string]: string | number | boolean | null;
}

/** A row of the table as it was read, `known_at` as an instant. */
export interface StoredVersion {
  known_at: Date;
  sequence: number;
  event_id: string;
  is_current: boolean;
  [column: string]: unknown;
}

/** A stored version that ends. */
export interface ClosedVersion {
  key: VersionRow;
  sequence: number;
  until: string;
}

/** A stored version that was said again by a later statement: it stands where that one stands. */
export interface RaisedVersion {
  key: VersionRow;
  sequence: number;
  order: string;
}

/** The columns that name a fact, as one text. */
export const keyOf = (row: Record<string, unknown>, key: readonly string[]) =>
  key.map((column) => row[column]).join(' ');

const same = (a: unknown, b: unknown) => (a ?? null) === (b ?? null);

/**
 * What rows in journal order make of the stored ones. Each closes the version of its key before it; a fact that is stored already (same event) or
 * that says nothing new is left out. What is recorded late is known late: a version never starts before the one it follows. Pure.
 *
 * @param stored every version of the keys of `rows`
 * @param order the column that says where a statement stands among those of its fact, as a text that is compared: an older statement that comes late changes nothing. Left out:
 *   the later in the journal holds
 */
export function foldVersions(
  stored: readonly StoredVersion[],
  rows: readonly VersionRow[],
  { key, compared, order }: { key: readonly string[]; compared?: readonly string[]; order?: string },
): { versions: (VersionRow & { known_until: string })[]; closed: ClosedVersion[]; raised?: RaisedVersion[] } {
  const known = new Set(stored.map((row) => `${keyOf(row, key)} ${row.event_id}`));
  const current = new Map<
    string,
    { version: Record<string, unknown> & { known_at: string; sequence: number }; isStored: boolean }
  >();
  for (const row of stored)
    if (row.is_current)
      current.set(keyOf(row, key), { version: { ...row, known_at: row.known_at.toISOString() }, isStored: true });

  const versions: (VersionRow & { known_until: string })[] = [];
  const closed: ClosedVersion[] = [];
  const raised = new Map<string, RaisedVersion>();
  for (const row of rows) {
    const name = keyOf(row, key);
    if (known.has(`${name} ${row.event_id}`)) continue;
    known.add(`${name} ${row.event_id}`);
    const before = current.get(name);
    if (before && order && String(row[order]) <= String(before.version[order])) continue;
    if (before && compared?.every((column) => same(before.version[column], row[column]))) {
      if (!order) continue;
      before.version[order] = row[order];
      if (before.isStored) raised.set(name, { key: row, sequence: before.version.sequence, order: String(row[order]) });
      continue;
    }
    const known_at = before && before.version.known_at > row.known_at ? before.version.known_at : row.known_at;
    const version = { ...row, known_at, known_until: 'infinity' };
    if (before?.isStored) closed.push({ key: row, sequence: before.version.sequence, until: known_at });
    else if (before) before.version.known_until = known_at;
    versions.push(version);
    current.set(name, { version, isStored: false });
  }
  return { versions, closed, ...(order ? { raised: [...raised.values()] } : {}) };
}
