import type { Turns } from '../numerics/chance.ts';
import * as at from './compartments.ts';
import type { LeverDay } from './lever-calendar.ts';

/**
 * Gives doses that are known to have been given, at once: second ones first, the oldest group first; those who cannot be told from susceptible people take their share of the doses.
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

/** The doses of one path: when each protects, and who may have the second. */
export class DoseBook {
  private readonly wards: number;
  private readonly ages: number;
  private today = 0;
  /** people with one dose at the start, by ward: when they had it is not known, so that one interval makes all of them due, evenly */
  private readonly oneAtStart: Float64Array;
  /** by day and ward, given and to be given protection on a later day */
  private firsts: Float64Array[] = [];
  private seconds: Float64Array[] = [];
  private readonly secondsInAll: Float64Array;

  constructor(wards: number, ages: number) {
    this.wards = wards;
    this.ages = ages;
    this.oneAtStart = new Float64Array(wards);
    this.secondsInAll = new Float64Array(wards);
  }

  reset(s: Float64Array): void {
    this.today = 0;
    this.firsts = [];
    this.seconds = [];
    this.secondsInAll.fill(0);
    for (let w = 0; w < this.wards; w++) this.oneAtStart[w] = this.people(s, w, at.oneDose);
  }

  /** Gives the day's doses and lets those protect whose delay is over. @returns doses given today */
  day(s: Float64Array, levers: LeverDay, turns: Turns): number {
    const [firsts, seconds] = [new Float64Array(this.wards), new Float64Array(this.wards)];
    this.firsts.push(firsts);
    this.seconds.push(seconds);
    let given = 0;
    for (let w = 0; w < this.wards; w++) {
      const delay = levers.protectionDelay[w]!;
      const second = Math.min(levers.secondDoses[w]!, this.due(w, levers.doseInterval[w]!));
      const first = levers.firstDoses[w]!;
      if (delay === 0) {
        const now = (doses: number, from: number, to: number) =>
          doses > 0 ? giveDoses(s, w, this.ages, doses, from, to, turns) : 0;
        seconds[w] = now(second, at.oneDose, at.twoDoses);
        firsts[w] = now(first, at.unvaccinated, at.oneDose);
      } else {
        seconds[w] = second;
        firsts[w] = Math.min(first, Math.max(0, this.willing(s, w) - this.waiting(w, delay)));
        const then = this.today - delay;
        if (then >= 0) {
          const [twos, ones] = [this.seconds[then]![w]!, this.firsts[then]![w]!];
          if (twos > 0) giveDoses(s, w, this.ages, twos, at.oneDose, at.twoDoses, turns);
          if (ones > 0) giveDoses(s, w, this.ages, ones, at.unvaccinated, at.oneDose, turns);
        }
      }
      this.secondsInAll[w]! += seconds[w]!;
      given += firsts[w]! + seconds[w]!;
    }
    this.today++;
    return given;
  }

  /** people who may have their second dose today */
  private due(ward: number, interval: number): number {
    if (interval === 0) return Number.POSITIVE_INFINITY;
    let due = this.oneAtStart[ward]! * Math.min(1, (this.today + 1) / interval);
    for (let day = 0; day <= this.today - interval; day++) due += this.firsts[day]![ward]!;
    return Math.max(0, due - this.secondsInAll[ward]!);
  }

  /** people who had a first dose that does not protect them yet */
  private waiting(ward: number, delay: number): number {
    let sum = 0;
    for (let day = Math.max(0, this.today - delay); day < this.today; day++) sum += this.firsts[day]![ward]!;
    return sum;
  }

  /** people without a dose who would take one, those who do not know that they had the disease among them */
  private willing(s: Float64Array, ward: number): number {
    let all = 0;
    for (let g = 0; g < this.ages; g++) {
      const cell = (ward * this.ages + g) * at.compartmentCount;
      const share = susceptibleShare(s, cell);
      if (share > 0) all += s[cell + at.unvaccinated]! / share;
    }
    return all;
  }

  private people(s: Float64Array, ward: number, compartment: number): number {
    let sum = 0;
    for (let g = 0; g < this.ages; g++) sum += s[(ward * this.ages + g) * at.compartmentCount + compartment]!;
    return sum;
  }
}

/** Of those who cannot be told apart, the share that is susceptible. */
function susceptibleShare(s: Float64Array, cell: number): number {
  const unaware =
    s[cell + at.exposedMild]! + s[cell + at.exposedSevere]! + s[cell + at.infectiousMild]! + s[cell + at.recovered]!;
  const susceptible = s[cell]! + s[cell + at.oneDose]! + s[cell + at.twoDoses]! + s[cell + at.waned]!;
  return susceptible / (susceptible + unaware);
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
    const share = susceptibleShare(s, cell);
    const moved = Math.min(willing, turns.whole(left * share));
    s[cell + from]! -= moved;
    s[cell + to]! += moved;
    left -= Math.min(left, moved / share);
  }
  return doses - left;
}
