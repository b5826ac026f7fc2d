import { dayNumber } from '@vungxanh/ml';
import type { AreaChanges } from '../district/area-changes.ts';

/** A count as it was published: one revision of one period of one area. `cases` null: not a number. */
export interface PublishedRow {
  areaId: string;
  /** order of publication */
  at: number;
  /** day numbers, both included */
  start: number;
  end: number;
  cases: number | null;
}

/**
 * What was published of an area, revision by revision, across changes of borders. A period that ended before the change is, of an area whose parts are whole, the sum of these
 * parts: a revision whenever one of them was revised, once all of them have published it. Of an id that was there before, what was said of its old borders is left out. Pure.
 *
 * @param publishedOf rows of any area in the order of publication, of those too that ended
 * @param sumOf rows of all parts for the same period as one, at the publication of `latest`
 */
export function publishedAcross<Row extends PublishedRow>(
  areaId: string,
  changes: AreaChanges,
  publishedOf: (areaId: string) => readonly Row[],
  sumOf: (areaId: string, rows: readonly Row[], latest: Row) => Row,
  above: readonly string[] = [],
): readonly Row[] {
  const change = changes.get(areaId);
  if (!change || above.includes(areaId)) return publishedOf(areaId);
  const since = dayNumber(change.since);
  const before = (rows: readonly Row[]) => rows.filter(({ end }) => end < since);
  const own = change.wasThere ? publishedOf(areaId).filter(({ start }) => start >= since) : publishedOf(areaId);
  if (change.divided.length > 0) return own;
  const members = change.whole.map((part) =>
    before(publishedAcross(part, changes, publishedOf, sumOf, [...above, areaId])),
  );
  if (change.wasThere) members.push(before(publishedOf(areaId)));
  const said = new Set(own.map(periodOf));
  const sums = summedRevisions(members, (rows, latest) => sumOf(areaId, rows, latest));
  return [...sums.filter((row) => !said.has(periodOf(row))), ...own].sort((a, b) => a.at - b.at);
}

const periodOf = ({ start, end }: PublishedRow) => `${start} ${end}`;

/** Each revision of a member as one of the sum, from when all have published the period. */
function summedRevisions<Row extends PublishedRow>(
  members: readonly (readonly Row[])[],
  sumOf: (rows: readonly Row[], latest: Row) => Row,
): Row[] {
  const newest = new Map<string, Map<number, Row>>();
  return members
    .flatMap((rows, member) => rows.map((row) => ({ row, member })))
    .sort((a, b) => a.row.at - b.row.at)
    .flatMap(({ row, member }) => {
      const known = newest.get(periodOf(row)) ?? new Map<number, Row>();
      known.set(member, row);
      newest.set(periodOf(row), known);
      return known.size === members.length ? [sumOf([...known.values()], row)] : [];
    });
}

/** The sum of counts; null when one of them is none. */
export const sumOfCases = (rows: readonly { cases: number | null }[]): number | null =>
  rows.some(({ cases }) => cases === null) ? null : rows.reduce((sum, { cases }) => sum + cases!, 0);

/** The definition that all of them have; null: none, or several. */
export const commonDefinition = (rows: readonly { definition: string | null }[]): string | null =>
  rows.every(({ definition }) => definition === rows[0]!.definition) ? rows[0]!.definition : null;
