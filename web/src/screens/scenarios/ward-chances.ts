import type { ScenarioOutcome } from '@vungxanh/services/contracts/scenarios.ts';

export interface WardChance {
  areaId: string;
  atEnd: number;
  highest: number;
}

/** Of each ward that a cut is reached, likeliest on the last day first; undefined when a run does not say it: one from before wards were told, or another cut. */
export function wardChances(outcome: ScenarioOutcome, cut: number | undefined): WardChance[] | undefined {
  const chances = outcome.wards?.flatMap(({ areaId, probabilityReached }) => {
    const reached = probabilityReached.find((of) => of.cut === cut);
    return reached ? [{ areaId, atEnd: reached.atEnd, highest: reached.highest }] : [];
  });
  return chances?.length ? chances.toSorted((a, b) => b.atEnd - a.atEnd || b.highest - a.highest) : undefined;
}
