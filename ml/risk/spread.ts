/**
 * Variance a + b / (cases + 1) of past errors at one lead: a is what the city's trend and the area's own wandering leave, b the noise of
 * small counts. Errors fade by week; a stated prior counts as `priorWeeks` weeks so that a short history is not over-believed.
 */
export class Spread {
  private readonly sums = new Float64Array(5);
  private readonly prior: Float64Array;
  private readonly fade: number;

  constructor(priorVariance: number, countNoise: number, priorWeeks: number, fade: number) {
    this.fade = fade;
    this.prior = new Float64Array(5);
    for (const z of [0.02, 0.1, 0.3]) addTo(this.prior, priorWeeks / 3, z, priorVariance + countNoise * z);
  }

  /** errors of one week, all areas: z = 1 / (cases + 1), squared error; a week weighs 1 whatever its number of areas */
  addWeek(rows: { z: number; squared: number }[]): void {
    for (let i = 0; i < 5; i++) this.sums[i]! *= this.fade;
    for (const row of rows) addTo(this.sums, 1 / rows.length, row.z, row.squared);
  }

  coefficients(): { a: number; b: number } {
    const [n, z, zz, e, ze] = this.sums.map((value, i) => value + this.prior[i]!) as unknown as number[];
    const determinant = n! * zz! - z! * z!;
    let b = determinant > 1e-9 ? Math.max(0, (n! * ze! - z! * e!) / determinant) : 0;
    let a = (e! - b * z!) / n!;
    if (a < 0.01) {
      a = 0.01;
      b = Math.max(0, (ze! - 0.01 * z!) / zz!);
    }
    return { a, b };
  }
}

function addTo(sums: Float64Array, weight: number, z: number, squared: number): void {
  sums[0]! += weight;
  sums[1]! += weight * z;
  sums[2]! += weight * z * z;
  sums[3]! += weight * squared;
  sums[4]! += weight * z * squared;
}
