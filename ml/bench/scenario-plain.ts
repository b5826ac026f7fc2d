import type { Chance, Turns } from '../numerics/chance.ts';
import { logFactorialByStirling } from '../numerics/gamma-function.ts';
import type { Random } from '../numerics/random.ts';

/**
 * The plain way to draw, as a yardstick in the same run: nothing prepared, a logarithm and an exponential a draw, one uniform number at a time; the same laws
 * (inversion, and BTRS of Hörmann 1993) through the same model.
 */
export class PlainDraws implements Turns {
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  whole(amount: number): number {
    return Math.floor(amount + this.random.uniform());
  }

  of(people: number, { probability }: Chance): number {
    if (people <= 0 || probability <= 0) return 0;
    if (probability >= 1) return people;
    return probability > 0.5 ? people - this.few(people, 1 - probability) : this.few(people, probability);
  }

  private few(people: number, p: number): number {
    if (people * p >= 10) return this.many(people, p);
    let left = this.random.uniform();
    let mass = Math.exp(people * Math.log(1 - p));
    let k = 0;
    while (left > mass && k < people) {
      left -= mass;
      k++;
      mass *= ((p / (1 - p)) * (people - k + 1)) / k;
    }
    return k;
  }

  private many(people: number, p: number): number {
    const spread = Math.sqrt(people * p * (1 - p));
    const b = 1.15 + 2.53 * spread;
    const a = -0.0873 + 0.0248 * b + 0.01 * p;
    const mode = Math.floor((people + 1) * p);
    for (;;) {
      const u = this.random.uniform() - 0.5;
      const us = 0.5 - Math.abs(u);
      const v = this.random.uniform();
      const k = Math.floor(((2 * a) / us + b) * u + people * p + 0.5);
      if (us >= 0.07 && v <= 0.92 - 4.2 / b) return k;
      if (k < 0 || k > people) continue;
      const height = Math.log((v * (2.83 + 5.1 / b) * spread) / (a / (us * us) + b));
      const density =
        logFactorial(mode) +
        logFactorial(people - mode) -
        logFactorial(k) -
        logFactorial(people - k) +
        (k - mode) * Math.log(p / (1 - p));
      if (height <= density) return k;
    }
  }
}

function logFactorial(n: number): number {
  if (n < 10) return Math.log([1, 1, 2, 6, 24, 120, 720, 5040, 40_320, 362_880][n]!);
  return logFactorialByStirling(n);
}
