import { addSquaredError, leastSquaresSpread, type Spread } from '../numerics/spread.ts';

/**
 * Variance of what areas wander apart from the city at one lead, process + counting · noise with noise 1 / (cases + 0.5), levelled off.
 * A week weighs 1 whatever its number of areas; old weeks fade; a stated prior counts as `priorWeeks` weeks.
 */
export class LocalSpread {
  private readonly sums = new Float64Array(5);
  private readonly prior = new Float64Array(5);
  private readonly fade: number;

  constructor(priorVariance: number, countNoise: number, priorWeeks: number, fade: number) {
    this.fade = fade;
    for (const noise of [0.02, 0.1, 0.3])
      addSquaredError(this.prior, priorWeeks / 3, noise, priorVariance + countNoise * noise);
  }

  addWeek(errors: { noise: number; squared: number }[]): void {
    for (let i = 0; i < 5; i++) this.sums[i]! *= this.fade;
    for (const { noise, squared } of errors) addSquaredError(this.sums, 1 / errors.length, noise, squared);
  }

  /** Least squares, with neither part below 0 and the process not below a smallest variance. */
  spread(): Spread {
    const sums = this.sums.map((sum, i) => sum + this.prior[i]!);
    const [weight, noise, noiseSquare, squared, noiseSquared] = [sums[0]!, sums[1]!, sums[2]!, sums[3]!, sums[4]!];
    const counting = Math.max(0, leastSquaresSpread(sums)?.counting ?? 0);
    const process = (squared - counting * noise) / weight;
    if (process >= smallestVariance) return { process, counting };
    return {
      process: smallestVariance,
      counting: Math.max(0, (noiseSquared - smallestVariance * noise) / noiseSquare),
    };
  }
}

const smallestVariance = 0.003;

/**
 * Variance of the error that all areas share at one lead: past squared errors, each bounded, older ones fading. It starts from a stated prior
 * worth `priorWeeks` weeks, which fades like any other week, so that a long quiet record makes narrow bands.
 */
export class CitySpread {
  private sum: number;
  private weight: number;
  private readonly fade: number;
  private readonly bound: number;

  /** @param bound a squared error counts at most as that many times the present variance */
  constructor(priorVariance: number, priorWeeks: number, fade: number, bound: number) {
    this.sum = priorVariance * priorWeeks;
    this.weight = priorWeeks;
    this.fade = fade;
    this.bound = bound;
  }

  add(squaredError: number): void {
    const bounded = Math.min(squaredError, this.bound * this.variance());
    this.sum = this.fade * this.sum + bounded;
    this.weight = this.fade * this.weight + 1;
  }

  variance(): number {
    return this.sum / this.weight;
  }
}

/** Prior variance of the city's log rate `lead` weeks ahead when each week's growth is off by `growthError` and every error stays. */
export function driftVariance(lead: number, growthError: number): number {
  let variance = 0.005;
  for (let j = 1; j <= lead; j++) variance += (j * growthError) ** 2;
  return variance;
}
