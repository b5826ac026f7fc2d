import type { Turns } from '../numerics/chance.ts';
import * as at from './compartments.ts';
import type { LeverDay } from './lever-calendar.ts';

/**
 * Gives the day's doses: second ones first, the oldest group first; those who cannot be told from susceptible people take their share of the doses.
 * @returns doses given
 */
export function vaccinate(s: Float64Array, wards: number, ages: number, levers: LeverDay, turns: Turns): number {
  let given = 0;
  for (let w = 0; w < wards; w++) {
    const [first, second] = [levers.firstDoses[w]!, levers.secondDoses[w]!];
    if (second > 0) given += giveDoses(s, w, ages, second, at.oneDose, at.twoDoses, turns);
    if (first > 0) given += giveDoses(s, w, ages, first, at.unvaccinated, at.oneDose, turns);
  }
  return given;
}

function giveDoses(
  s: Float64Array,
  ward: number,
  ages: number,
  doses: number,
  from: number,
  to: number,
  turns: Turns,
): number {
  let left = doses;
  for (let g = ages - 1; g >= 0 && left > 0; g--) {
    const cell = (ward * ages + g) * at.compartmentCount;
    const willing = s[cell + from]!;
    if (willing <= 0) continue;
    const unaware =
      s[cell + at.exposedMild]! + s[cell + at.exposedSevere]! + s[cell + at.infectiousMild]! + s[cell + at.recovered]!;
    const susceptible = s[cell]! + s[cell + at.oneDose]! + s[cell + at.twoDoses]! + s[cell + at.waned]!;
    const share = susceptible / (susceptible + unaware);
    const moved = Math.min(willing, turns.whole(left * share));
    s[cell + from]! -= moved;
    s[cell + to]! += moved;
    left -= Math.min(left, moved / share);
  }
  return doses - left;
}
