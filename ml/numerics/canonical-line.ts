import { determinant2, solve2 } from './linear-algebra.ts';

/** A regression on one variable with the canonical link of its distribution: the mean from the linear predictor, and the variance at a mean. */
export interface Link {
  mean: (predictor: number) => number;
  variance: (mean: number) => number;
}

/** Where Newton's method starts, and when it ends. */
export interface NewtonSettings {
  intercept: number;
  slope: number;
  /** steps at most */
  steps: number;
  /** a step ends the search when both its moves together are smaller */
  tolerance: number;
  /** the farthest that a step may move the slope; the intercept moves by 1 at most */
  largestSlopeStep: number;
}

export interface Line {
  intercept: number;
  slope: number;
  /** of the slope: its variance is 1 / information where the counts vary as the distribution says */
  slopeInformation: number;
}

/** Likeliest line through points, by Newton's method. All NaN when the points do not determine it. */
export function fitCanonicalLine(
  points: readonly { x: number; y: number }[],
  { mean, variance }: Link,
  settings: NewtonSettings,
): Line {
  let { intercept, slope } = settings;
  let slopeInformation = 1;
  for (let step = 0; step < settings.steps; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const { x, y } of points) {
      const expected = mean(intercept + slope * x);
      const weight = variance(expected);
      g0 += y - expected;
      g1 += (y - expected) * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const information = { a11: h00, a12: h01, a22: h11 };
    const determinant = determinant2(information);
    if (!(determinant > 1e-12)) return { intercept: Number.NaN, slope: Number.NaN, slopeInformation: Number.NaN };
    const [d0, d1] = solve2(information, g0, g1);
    intercept += Math.max(-1, Math.min(1, d0));
    slope += Math.max(-settings.largestSlopeStep, Math.min(settings.largestSlopeStep, d1));
    slopeInformation = determinant / h00;
    if (Math.abs(d0) + Math.abs(d1) < settings.tolerance) break;
  }
  return { intercept, slope, slopeInformation };
}
