import type { WardOutcome } from '@vungxanh/ml/scenario';
import type { ScenarioOutcome } from '@vungxanh/services/contracts/scenarios.ts';

/** What a computation says of its wards, as an answer of the service says it of the areas; both stand in the same order. */
export const wardsOfOutcome = (
  wards: readonly WardOutcome[],
  areas: readonly { areaId: string }[],
): NonNullable<ScenarioOutcome['wards']> =>
  wards.map(({ id, probabilityReached }, w) => ({
    areaId: areas[w]?.areaId ?? id,
    probabilityReached: probabilityReached.map(({ cut, byDay }) => ({
      cut,
      atEnd: byDay.at(-1) ?? 0,
      highest: Math.max(0, ...byDay.map((chance) => chance ?? 0)),
    })),
  }));

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
