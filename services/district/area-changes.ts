import type { Words } from '#contracts/words.ts';
import type { Reads } from '#platform/database.ts';
import { type AreasMoment, knownBy } from './places.ts';

/** An area of the day that lies on the ground of others that ended. */
export interface AreaChange {
  /** First day of its borders, YYYY-MM-DD. */
  since: string;
  /** The id was there before, with other borders: what was said of it then is of those. */
  wasThere: boolean;
  /** Areas that lie wholly in it: what was said of them is part of it. */
  whole: string[];
  /** Areas of which a part lies in it, or nobody knows how much: what was said of them before is not known of it. */
  divided: string[];
}

/** By the id of the area. Empty in a district whose borders never changed. */
export type AreaChanges = ReadonlyMap<string, AreaChange>;

/** Covered so far, an area is whole in its successor: as in `geography.ancestors_at`. */
const wholeShare = 0.95;

/** What the areas of the moment's day were made of, those that ended among them. */
export async function readAreaChanges(database: Reads, moment: AreasMoment): Promise<AreaChanges> {
  const { rows } = await database.query<{
    areaId: string;
    before: string;
    since: string;
    share: number | null;
    wasThere: boolean;
  }>(
    `SELECT DISTINCT ON (area_id, predecessor_id) area_id AS "areaId", predecessor_id AS before, from_day::text AS since, share, was_there AS "wasThere"
     FROM geography.published_predecessors WHERE district = $1 AND known_at <= $2 AND from_day <= $3::date
     ORDER BY area_id, predecessor_id, from_day DESC, known_at DESC`,
    [moment.district, knownBy(moment), moment.day],
  );
  return areaChangesOf(rows);
}

/** @param rows an area, one that it lies on, since when, and which share of that one lies in it (null: nobody knows) */
export function areaChangesOf(
  rows: readonly { areaId: string; before: string; since: string; share: number | null; wasThere: boolean }[],
): AreaChanges {
  const changes = new Map<string, AreaChange>();
  for (const { areaId, before, since, share, wasThere } of rows) {
    const change = changes.get(areaId) ?? { since, wasThere, whole: [], divided: [] };
    change[share !== null && share >= wholeShare ? 'whole' : 'divided'].push(before);
    if (since > change.since) change.since = since;
    changes.set(areaId, change);
  }
  return changes;
}

/** The areas that ended and lie wholly in an area, those that lay in them before among them. */
export function wholeBefore(changes: AreaChanges, areaId: string, seen: ReadonlySet<string> = new Set()): string[] {
  const { whole = [] } = changes.get(areaId) ?? {};
  const fresh = whole.filter((before) => !seen.has(before));
  const known = new Set([...seen, areaId, ...fresh]);
  return fresh.flatMap((before) => [before, ...wholeBefore(changes, before, known)]);
}

/** The areas of which parts lie in an area, or in one that lies wholly in it. */
export const dividedBefore = (changes: AreaChanges, areaId: string): string[] => [
  ...new Set([areaId, ...wholeBefore(changes, areaId)].flatMap((id) => changes.get(id)?.divided ?? [])),
];

/** Names of areas by id, those that ended among them: of each the first that was known. */
export async function namesOfAreas(
  database: Reads,
  { district }: Pick<AreasMoment, 'district'>,
): Promise<Map<string, string>> {
  const { rows } = await database.query<{ area_id: string; name: string }>(
    `SELECT DISTINCT ON (area_id) area_id, name FROM geography.published_areas
     WHERE district = $1 AND known_until = 'infinity' ORDER BY area_id, valid_from`,
    [district],
  );
  return new Map(rows.map(({ area_id, name }) => [area_id, name]));
}

/** What is said of all members for the same key, as one statement of the whole; a key that one of them does not say is left out. */
export function mergedStatements<Row>(
  members: readonly (readonly Row[])[],
  keyOf: (row: Row) => string,
  merge: (rows: Row[]) => Row,
): Row[] {
  if (members.length === 0) return [];
  const byMember = members.map((rows) => new Map(rows.map((row) => [keyOf(row), row])));
  const [first, ...others] = byMember as [Map<string, Row>, ...Map<string, Row>[]];
  return [...first].flatMap(([key, row]) => {
    const rows = [row, ...others.flatMap((other) => other.get(key) ?? [])];
    return rows.length === members.length ? [merge(rows)] : [];
  });
}

/** Why nothing of before is known of an area that was made of parts of others. */
export const bordersChanged = (parts: readonly string[]): Words => ({
  vi: `không biết: một phần lấy từ ${parts.join(', ')} (địa giới cũ), không ai công bố phần nào thuộc khu này`,
  en: `not known: a part of it was ${parts.join(', ')} before, and nobody published which`,
});
