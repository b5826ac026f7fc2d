import type { WardOutcome } from './outcomes.ts';

/** How likely a ward's week reaches a cut. */
export interface WardChances {
  areaId: string;
  /** per cut: on the last day, and the highest of all days (that it is reached on any day at all is at least as likely) */
  probabilityReached: { cut: number; atEnd: number; highest: number }[];
}

/** The days of each ward's chances in two numbers: what is kept of a run, and shown. */
export const wardChancesOf = (wards: readonly WardOutcome[]): WardChances[] =>
  wards.map(({ id, probabilityReached }) => ({
    areaId: id,
    probabilityReached: probabilityReached.map(({ cut, byDay }) => ({
      cut,
      atEnd: byDay.at(-1) ?? 0,
      highest: byDay.reduce<number>((most, chance) => Math.max(most, chance ?? 0), 0),
    })),
  }));
