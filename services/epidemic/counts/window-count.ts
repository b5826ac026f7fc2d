import { knownCases, type Stretch, type Tiling, tile } from './tiling.ts';

/** A count as it stands in a list of rows that sum to a figure. */
export interface CountRow extends Stretch {
  areaId: string;
  suppressed: boolean;
  ratePer100k: number | null;
  /** `line-list`: cases counted one by one, of a part that publishes no counts beside parts that do */
  basis: 'published' | 'line-list';
}

/** An area with what was said of it, days counted from 1970-01-01. */
export interface CountedArea {
  areaId: string;
  parentId: string | null;
  /** published for the area itself, ended by the day that is looked at */
  published: readonly Omit<CountRow, 'areaId' | 'basis'>[];
  /** cases of the line list that name this area and none of its parts, by day */
  lineDays: ReadonlyMap<number, number>;
  /** the line list has ever named this area itself */
  named: boolean;
}

/** Cases of a window of days from published counts. */
export interface WindowCount {
  /** first and last day of the window; the last may lie before the day that is looked at, see `freshDays` */
  from: number;
  to: number;
  /** null: not every day of the window has a number */
  cases: number | null;
  /** the published rate, where the window is one published period with a rate */
  ratePer100k: number | null;
  /** the rows that sum to `cases`; of a null: those that lie in the window */
  rows: CountRow[];
  missingDays: number[];
  /** days of the window that were said, as a number or as suppressed */
  daysSaid: number;
  suppressed: CountRow[];
  /** parts of which nothing was heard */
  silentParts: string[];
  /** what the rows with a number come to */
  atLeast: number;
}

export type Source = 'published' | 'line-list' | 'none';

/** The longest period that can lie in a window that is looked at. */
export const longestPeriodDays = 14;
/** No published period is looked at that ended longer ago. */
export const lookBackDays = 28;

/**
 * For how many days after its end a period is the newest word: a week for daily counts, so that the window asked for and the window said share a
 * day; four periods for longer ones, as weekly tables come out late; never longer than `lookBackDays`.
 */
export const freshDays = (periodDays: number): number => Math.min(lookBackDays, Math.max(7, 4 * periodDays));

interface Atom extends Stretch {
  rows: CountRow[];
}

/**
 * What published counts, beside a line list, say of the areas of a district. Days are counted from 1970-01-01.
 *
 * @param lineHeard a feed of single cases was ever heard in the district
 */
export function windowCounts(
  areas: readonly CountedArea[],
  { day, lineHeard }: { day: number; lineHeard: boolean },
): { sourceOf: (areaId: string) => Source; lineSpeaksFor: (areaId: string) => boolean; count: typeof count } {
  const byId = new Map(areas.map((area) => [area.areaId, area]));
  const parts = new Map<string, CountedArea[]>();
  for (const area of areas)
    if (area.parentId !== null && byId.has(area.parentId))
      parts.set(area.parentId, [...(parts.get(area.parentId) ?? []), area]);
  const partsOf = (areaId: string) => parts.get(areaId) ?? [];

  const own = new Map(
    areas.map(({ areaId, published }) => {
      const rows = published.map((row): CountRow => ({ ...row, areaId, basis: 'published' }));
      return [areaId, isFresh(rows, day) ? rows : []];
    }),
  );
  const publishes: (areaId: string) => boolean = remembered(
    (areaId): boolean => own.get(areaId)!.length > 0 || partsOf(areaId).some((part) => publishes(part.areaId)),
  );
  const named: (areaId: string) => boolean = remembered(
    (areaId): boolean => byId.get(areaId)!.named || partsOf(areaId).some((part) => named(part.areaId)),
  );
  const partsPublish = areas.some(
    ({ areaId, parentId }) => parentId !== null && byId.has(parentId) && publishes(areaId),
  );
  // A line list is of the whole district: an area without a case has none. Where parts of the district publish counts instead, it is not:
  // then it speaks of the areas that it has named.
  const lineSpeaksFor = (areaId: string) => lineHeard && (!partsPublish || named(areaId));
  const sourceOf = (areaId: string): Source =>
    publishes(areaId) ? 'published' : lineSpeaksFor(areaId) ? 'line-list' : 'none';

  const lineCases = (areaId: string, from: number, to: number): number => {
    let cases = partsOf(areaId).reduce((sum, part) => sum + lineCases(part.areaId, from, to), 0);
    for (const [at, count] of byId.get(areaId)!.lineDays) if (at >= from && at <= to) cases += count;
    return cases;
  };
  const lineRow = (areaId: string, start: number, end: number, cases: number): CountRow => ({
    ...{ areaId, start, end, cases },
    ...{ suppressed: false, ratePer100k: null, basis: 'line-list' },
  });

  /** The area's days `start`..`end` in one number; undefined: not all of them are said. */
  const said = (areaId: string, start: number, end: number): Atom | undefined => {
    const source = sourceOf(areaId);
    if (source === 'none') return undefined;
    if (source === 'line-list') {
      const cases = lineCases(areaId, start, end);
      return { start, end, cases, rows: cases > 0 ? [lineRow(areaId, start, end, cases)] : [] };
    }
    const tiling = bestTiling(areaId, start, end);
    return tiling.missing.length > 0 ? undefined : sumOf(tiling.pieces, start, end);
  };

  /** The days `start`..`end` as the sum of what all parts of the area say; undefined: not all of them say all of it. */
  const sumOfParts = (areaId: string, start: number, end: number): Atom | undefined => {
    const below = partsOf(areaId);
    if (!below.some((part) => publishes(part.areaId))) return undefined;
    const sums: Atom[] = [];
    for (const part of below) {
      const sum = said(part.areaId, start, end);
      if (!sum) return undefined;
      sums.push(sum);
    }
    const atom = sumOf(sums, start, end);
    // Cases of the line list that lie in no part: only where the line list speaks for some part, else the counts hold them.
    const isCounted = below.some((part) => sourceOf(part.areaId) === 'line-list');
    const elsewhere = isCounted ? lineCases(areaId, start, end) - sumLines(below, start, end) : 0;
    return elsewhere === 0 || atom.cases === null
      ? atom
      : { ...atom, cases: atom.cases + elsewhere, rows: [...atom.rows, lineRow(areaId, start, end, elsewhere)] };
  };
  /** The stretches that are published below the area, as far as they are sums of all its parts. */
  const summed = remembered<Atom[]>((areaId) =>
    stretchesBelow(areaId).flatMap(([start, end]) => sumOfParts(areaId, start, end) ?? []),
  );
  const sumLines = (below: CountedArea[], start: number, end: number) =>
    below.reduce((sum, part) => sum + lineCases(part.areaId, start, end), 0);

  const stretchesBelow = remembered<[number, number][]>((areaId) => {
    const found = new Map<string, [number, number]>();
    const collect = (id: string) => {
      for (const { start, end } of own.get(id)!) found.set(`${start} ${end}`, [start, end]);
      for (const part of partsOf(id)) collect(part.areaId);
    };
    for (const part of partsOf(areaId)) collect(part.areaId);
    return [...found.values()];
  });

  const ownAtoms = remembered<Atom[]>((areaId) => own.get(areaId)!.map((row) => ({ ...row, rows: [row] })));

  /**
   * By the area's own counts; where these leave a day without a number, as the sum of what its parts say of the same days, so that a whole is the sum of
   * the figures of its parts; else by own counts and sums of parts together.
   */
  const bestTiling = (areaId: string, from: number, to: number): Tiling<Atom> => {
    const byOwn = tile(ownAtoms(areaId), from, to);
    if (byOwn.unknownDays === 0) return byOwn;
    const whole = sumOfParts(areaId, from, to);
    if (whole && whole.cases !== null) return { pieces: [whole], missing: [], unknownDays: 0 };
    return tile([...ownAtoms(areaId), ...summed(areaId), ...(whole ? [whole] : [])], from, to);
  };

  function count(areaId: string, windowDays: number): WindowCount {
    const ownEnd = lastEnd(ownAtoms(areaId));
    if (ownEnd !== undefined) {
      const byOwn = tile(ownAtoms(areaId), ownEnd - windowDays + 1, ownEnd);
      if (byOwn.unknownDays === 0) return windowOf(byOwn, ownEnd - windowDays + 1, ownEnd, []);
    }
    const to = lastEnd([...ownAtoms(areaId), ...summed(areaId)]) ?? lastEnd(belowRows(areaId)) ?? day;
    const from = to - windowDays + 1;
    const tiling = bestTiling(areaId, from, to);
    if (tiling.unknownDays === 0 || ownEnd !== undefined || tiling.pieces.length > 0)
      return windowOf(tiling, from, to, []);
    return ofParts(areaId, from, to);
  }

  /** What the parts say, where they do not come to a sum. */
  function ofParts(areaId: string, from: number, to: number): WindowCount {
    const below = partsOf(areaId);
    const silentParts = below.filter((part) => sourceOf(part.areaId) === 'none').map((part) => part.areaId);
    const missing = new Set<number>();
    const rows: CountRow[] = [];
    for (const part of below) {
      if (sourceOf(part.areaId) === 'none') continue;
      if (sourceOf(part.areaId) === 'line-list') {
        const cases = lineCases(part.areaId, from, to);
        if (cases > 0) rows.push(lineRow(part.areaId, from, to, cases));
        continue;
      }
      const tiling = bestTiling(part.areaId, from, to);
      for (const day of tiling.missing) missing.add(day);
      rows.push(...tiling.pieces.flatMap((piece) => piece.rows));
    }
    const missingDays = [...missing].sort((a, b) => a - b);
    return {
      ...windowOf({ pieces: [], missing: missingDays, unknownDays: 1 }, from, to, silentParts),
      ...totals(rows),
    };
  }

  const belowRows = (areaId: string): CountRow[] =>
    partsOf(areaId).flatMap((part) => [...own.get(part.areaId)!, ...belowRows(part.areaId)]);

  return { sourceOf, lineSpeaksFor, count };
}

/** The newest period ended recently enough to speak of now. */
function isFresh(rows: readonly CountRow[], day: number): boolean {
  return rows.some(({ start, end }) => day - end < freshDays(end - start + 1));
}

function remembered<Value>(make: (areaId: string) => Value): (areaId: string) => Value {
  const kept = new Map<string, Value>();
  return (areaId) => {
    let value = kept.get(areaId);
    if (value === undefined) {
      value = make(areaId);
      kept.set(areaId, value);
    }
    return value;
  };
}

const lastEnd = (stretches: readonly Stretch[]): number | undefined =>
  stretches.length === 0 ? undefined : Math.max(...stretches.map(({ end }) => end));

const sumOf = (pieces: readonly Atom[], start: number, end: number): Atom => ({
  ...{ start, end, rows: pieces.flatMap(({ rows }) => rows) },
  cases: pieces.some(({ cases }) => cases === null) ? null : knownCases(pieces),
});

const totals = (rows: CountRow[]) => ({
  rows,
  suppressed: rows.filter(({ cases }) => cases === null),
  atLeast: knownCases(rows),
});

function windowOf(tiling: Tiling<Atom>, from: number, to: number, silentParts: string[]): WindowCount {
  const rows = tiling.pieces.flatMap((piece) => piece.rows);
  const only = tiling.pieces.length === 1 && rows.length === 1 ? rows[0] : undefined;
  return {
    ...{ from, to, silentParts, missingDays: tiling.missing },
    cases: tiling.unknownDays === 0 ? knownCases(tiling.pieces) : null,
    ratePer100k: only && only.start === from && only.end === to ? only.ratePer100k : null,
    daysSaid: to - from + 1 - tiling.missing.length,
    ...totals(rows),
  };
}
