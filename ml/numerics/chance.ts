import { OutcomeTables } from './outcome-table.ts';

/** A probability, with what drawing by it needs worked out once: most draws of a day are made with the same few probabilities. */
export class Chance {
  /** in 0..1 */
  probability = 0;
  /** the smaller of it and its rest, the odds of that, and the logarithm of that one's rest */
  smaller = 0;
  odds = 0;
  logRest = 0;
  /** whether the smaller one is the rest */
  flipped = false;

  /** of a chance that stays: all outcomes for few people (see `outcome-table.ts`) */
  readonly outcomes: OutcomeTables | undefined;

  /** @param stays whether it will be drawn from often enough, unchanged, to be worth tables */
  constructor(probability = 0, stays = false) {
    this.set(probability);
    this.outcomes = stays ? new OutcomeTables(this.odds) : undefined;
  }

  set(probability: number): this {
    const p = probability <= 0 ? 0 : probability >= 1 ? 1 : probability;
    this.probability = p;
    this.flipped = p > 0.5;
    const smaller = this.flipped ? 1 - p : p;
    this.smaller = smaller;
    this.odds = smaller / (1 - smaller);
    this.logRest = smaller < 1e-4 ? -smaller * (1 + smaller * (0.5 + smaller / 3)) : Math.log(1 - smaller);
    return this;
  }

  /** the chance of what happens at a rate, without a logarithm */
  setRate(rate: number): this {
    const p = chanceAtRate(rate);
    if (p > 0.5) return this.set(p);
    this.probability = p;
    this.smaller = p;
    this.odds = p / (1 - p);
    this.logRest = -rate;
    this.flipped = false;
    return this;
  }
}

/** 1 - exp(-x); below 0.1 by its series (relative error under 2e-10), which is several times faster */
export function chanceAtRate(x: number): number {
  return x < 0.1 ? x * (1 - (x / 2) * (1 - (x / 3) * (1 - (x / 4) * (1 - (x / 5) * (1 - x / 6))))) : -Math.expm1(-x);
}

/** How chances turn out: drawn, or at their mean. */
export interface Turns {
  /** how many of `people` a chance befalls */
  of(people: number, chance: Chance): number;
  /** an amount of doses in people: at random by its fraction, or as it is */
  whole(amount: number): number;
}

/** Every draw replaced by its mean. */
export const meanTurns: Turns = {
  of: (people, chance) => people * chance.probability,
  whole: (amount) => amount,
};
