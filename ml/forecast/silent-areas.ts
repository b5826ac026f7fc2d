/**
 * A forecast for an area that has never reported, where one has to be made: as wide as the other areas differ. The sum of all
 * areas is the sum (for shares the mean by population) of theirs.
 */
import { hubLevels } from '../metrics/interval-score.ts';
import { quantileOfSorted } from '../numerics/quantiles.ts';

export interface SilentAreaRules {
  /** people in each area; 0 where unknown */
  readonly population: Float64Array;
  /** index of the area that is the sum of the others, or -1 */
  readonly total: number;
  /** shares do not grow with population, counts do */
  readonly share: boolean;
}

const count = hubLevels.length;
const middle = (count - 1) / 2;

/**
 * Fills the quantiles (areas * horizons * 23, values) of areas that have none, in place.
 * @returns the numbers of the areas that were filled; they stay NaN when no area at all has a forecast
 */
export function fillSilentAreas(values: Float64Array, horizons: number, rules: SilentAreaRules): number[] {
  const { population, total, share } = rules;
  const areas = population.length;
  const at = (i: number, h: number) => (i * horizons + h) * count;
  const heard = (i: number) => Number.isFinite(values[at(i, 0)]!);
  const speaking = Array.from({ length: areas }, (_, i) => i).filter((i) => i !== total && heard(i));
  const silent = Array.from({ length: areas }, (_, i) => i).filter((i) => !heard(i));
  if (speaking.length === 0) return [];
  const known = speaking.filter((i) => population[i]! > 0);
  for (const i of silent.filter((k) => k !== total)) {
    const perPerson = !share && population[i]! > 0 && known.length > 0;
    for (let h = 0; h < horizons; h++) {
      const medians = (perPerson ? known : speaking)
        .map((k) => values[at(k, h) + middle]! * (perPerson ? population[i]! / population[k]! : 1))
        .sort((a, b) => a - b);
      // a lone area says where, not how far: from a third of its value to three times as much
      const low = medians.length > 1 ? medians : [medians[0]! / 3, medians[0]!, medians[0]! * 3];
      for (let q = 0; q < count; q++) values[at(i, h) + q] = quantileOfSorted(low, hubLevels[q]!);
    }
  }
  if (silent.includes(total)) {
    const people = speaking.map((i) => Math.max(1, population[i]!));
    const all = people.reduce((a, b) => a + b, 0);
    for (let k = 0; k < horizons * count; k++) {
      values[at(total, 0) + k] = speaking.reduce(
        (sum, i, s) => sum + values[at(i, 0) + k]! * (share ? people[s]! / all : 1),
        0,
      );
    }
  }
  return silent;
}
