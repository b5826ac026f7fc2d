/**
 * Variance a + b·z of what areas wander apart from the city at one lead, where z = 1 / (cases + 0.5), levelled off, stands for the noise of small
 * counts. A week weighs 1 whatever its number of areas; old weeks fade; a stated prior counts as `priorWeeks` weeks.
 */
export class LocalSpread {
  private readonly sums = new Float64Array(5);
  private readonly prior = new Float64Array(5);
  private readonly fade: number;

  constructor(priorVariance: number, countNoise: number, priorWeeks: number, fade: number) {
    this.fade = fade;
    for (const z of [0.02, 0.1, 0.3]) addTo(this.prior, priorWeeks / 3, z, priorVariance + countNoise * z);
  }

  addWeek(errors: { z: number; squared: number }[]): void {
    for (let i = 0; i < 5; i++) this.sums[i]! *= this.fade;
    for (const { z, squared } of errors) addTo(this.sums, 1 / errors.length, z, squared);
  }

  coefficients(): { a: number; b: number } {
    const total = (i: number) => this.sums[i]! + this.prior[i]!;
    const [n, z, zz, e, ze] = [total(0), total(1), total(2), total(3), total(4)];
    const determinant = n * zz - z * z;
    const b = determinant > 1e-12 ? Math.max(0, (n * ze - z * e) / determinant) : 0;
    const a = (e - b * z) / n;
    if (a >= smallestVariance) return { a, b };
    return { a: smallestVariance, b: Math.max(0, (ze - smallestVariance * z) / zz) };
  }
}

const smallestVariance = 0.003;

function addTo(sums: Float64Array, weight: number, z: number, squared: number): void {
  sums[0]! += weight;
  sums[1]! += weight * z;
  sums[2]! += weight * z * z;
  sums[3]! += weight * squared;
  sums[4]! += weight * z * squared;
}

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
