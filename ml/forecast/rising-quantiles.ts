/** Quantiles that cannot cross: a net gives a median and steps away from it, and two matrices add them up. */
import { hubLevels } from '../metrics/interval-score.ts';

export const quantileCount = hubLevels.length;
/** Index of the median. */
export const half = (quantileCount - 1) / 2;

/** Column q of the result adds up the steps between the median and quantile q. */
export function stepMatrix(horizons: number): Float32Array {
  const size = quantileCount * horizons;
  const m = new Float32Array(size * size);
  for (let h = 0; h < horizons; h++) {
    for (let q = 0; q < quantileCount; q++) {
      const column = h * quantileCount + q;
      for (let s = half + 1; s <= q; s++) m[(h * quantileCount + s) * size + column] = 1;
      for (let s = q; s < half; s++) m[(h * quantileCount + s) * size + column] = -1;
    }
  }
  return m;
}

/** Copies the median of each horizon to all of its quantiles. */
export function copyMatrix(horizons: number): Float32Array {
  const size = quantileCount * horizons;
  const m = new Float32Array(size * size);
  for (let h = 0; h < horizons; h++) {
    for (let q = 0; q < quantileCount; q++) m[(h * quantileCount + half) * size + h * quantileCount + q] = 1;
  }
  return m;
}
