import type { Chance, Turns } from '../numerics/chance.ts';
import * as at from './compartments.ts';
import type { District, StartState } from './district.ts';

/**
 * Puts everybody where a start says they are. Who will need a hospital is drawn where the start leaves it open.
 * @param state wards × ages × compartments, overwritten
 * @param severe by age group and dose, the chance that an infection needs a hospital
 */
export function fillStart(
  state: Float64Array,
  { wards }: District,
  start: StartState,
  severe: readonly Chance[],
  turns: Turns,
): void {
  state.fill(0);
  let cell = 0;
  for (let w = 0; w < wards.length; w++) {
    const { population } = wards[w]!;
    for (let g = 0; g < population.length; g++, cell += at.compartmentCount) {
      const put = (compartment: number, table: number[][] | undefined) => {
        state[cell + compartment] = table?.[w]?.[g] ?? 0;
      };
      put(at.oneDose, start.oneDose);
      put(at.twoDoses, start.twoDoses);
      put(at.waned, start.waned);
      put(at.hospitalised, start.hospitalised);
      put(at.intensiveCare, start.intensiveCare);
      put(at.recovered, start.recovered);
      put(at.dead, start.dead);
      const split = (all: number[][] | undefined, heavy: number[][] | undefined, mild: number) => {
        const people = all?.[w]?.[g] ?? 0;
        const needing = heavy ? (heavy[w]?.[g] ?? 0) : turns.of(people, severe[g * at.susceptibleCount]!);
        state[cell + mild] = people - needing;
        state[cell + mild + 1] = needing;
      };
      split(start.exposed, start.exposedSevere, at.exposedMild);
      split(start.infectious, start.infectiousSevere, at.infectiousMild);
      split(start.isolated, start.isolatedSevere, at.isolatedMild);
      let others = 0;
      for (let k = 1; k < at.compartmentCount; k++) others += state[cell + k]!;
      state[cell + at.unvaccinated] = population[g]! - others;
    }
  }
}
