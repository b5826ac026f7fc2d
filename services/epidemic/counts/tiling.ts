/** A stretch of days that somebody said a number for. Days are counted from 1970-01-01, both ends belong to it. */
export interface Stretch {
  start: number;
  end: number;
  /** null: said, but not as a number (suppressed, or a rate alone) */
  cases: number | null;
}

export interface Tiling<Piece> {
  /** in order of days, without overlap */
  pieces: Piece[];
  /** days that no piece holds */
  missing: number[];
  /** days whose number is not known: missing ones, and those of pieces without a number */
  unknownDays: number;
}

interface Step<Piece> {
  unknownDays: number;
  missing: number;
  pieces: number;
  /** undefined: the day is missing */
  last: Piece | undefined;
}

/**
 * Chooses stretches that lie wholly in the days `from`..`to` and do not overlap: as few days without a number as can be, then as few days
 * missing, then as many pieces, so that the finest complete tiling wins. What straddles an edge does not count at all: nobody said
 * how much of it lies within. Among equals the one that stands first in `stretches` wins.
 */
export function tile<Piece extends Stretch>(stretches: readonly Piece[], from: number, to: number): Tiling<Piece> {
  const endingOn = new Map<number, Piece[]>();
  for (const stretch of stretches)
    if (stretch.start >= from && stretch.end <= to) {
      const same = endingOn.get(stretch.end);
      if (same) same.push(stretch);
      else endingOn.set(stretch.end, [stretch]);
    }
  // steps[n]: the best way through the first n days
  const steps: Step<Piece>[] = [{ unknownDays: 0, missing: 0, pieces: 0, last: undefined }];
  for (let day = from; day <= to; day++) {
    const before = steps.at(-1)!;
    let best: Step<Piece> = {
      unknownDays: before.unknownDays + 1,
      missing: before.missing + 1,
      pieces: before.pieces,
      last: undefined,
    };
    for (const stretch of endingOn.get(day) ?? []) {
      const reached = steps[stretch.start - from]!;
      const candidate = {
        unknownDays: reached.unknownDays + (stretch.cases === null ? stretch.end - stretch.start + 1 : 0),
        missing: reached.missing,
        pieces: reached.pieces + 1,
        last: stretch,
      };
      if (isBetter(candidate, best)) best = candidate;
    }
    steps.push(best);
  }
  const pieces: Piece[] = [];
  const missing: number[] = [];
  for (let day = to; day >= from; ) {
    const { last } = steps[day - from + 1]!;
    if (last === undefined) missing.unshift(day--);
    else {
      pieces.unshift(last);
      day = last.start - 1;
    }
  }
  return { pieces, missing, unknownDays: steps.at(-1)!.unknownDays };
}

const isBetter = <Piece>(one: Step<Piece>, other: Step<Piece>): boolean =>
  one.unknownDays !== other.unknownDays
    ? one.unknownDays < other.unknownDays
    : one.missing !== other.missing
      ? one.missing < other.missing
      : one.pieces > other.pieces;

/** Cases of the pieces that have a number. */
export const knownCases = (pieces: readonly Stretch[]): number =>
  pieces.reduce((sum, { cases }) => sum + (cases ?? 0), 0);
