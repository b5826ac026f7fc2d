/**
 * The shape of the network: a dense layer, residual blocks h + tanh(h W + b), and 23 quantiles for each of four weeks that cannot cross (a median
 * and positive steps away from it). Weights lie one after the other in one array.
 */
import type { Random } from '../../numerics/random.ts';
import { half as middle, quantileCount } from '../rising-quantiles.ts';
import { horizons, inputWidth } from './input.ts';

export const outputWidth = horizons * quantileCount;

export interface Shape {
  readonly hidden: number;
  readonly blocks: number;
}

export const usedShape: Shape = { hidden: 96, blocks: 3 };

export interface Layer {
  readonly rows: number;
  readonly columns: number;
  /** where its matrix begins; its bias follows */
  readonly matrixAt: number;
  readonly biasAt: number;
}

/** First layer, blocks, last layer. */
export function layersOf({ hidden, blocks }: Shape): Layer[] {
  const sizes = [
    [inputWidth, hidden],
    ...Array.from({ length: blocks }, () => [hidden, hidden]),
    [hidden, outputWidth],
  ];
  let at = 0;
  return sizes.map(([rows, columns]) => {
    const layer = { rows: rows!, columns: columns!, matrixAt: at, biasAt: at + rows! * columns! };
    at = layer.biasAt + columns!;
    return layer;
  });
}

export const weightCount = (shape: Shape): number => {
  const last = layersOf(shape).at(-1)!;
  return last.biasAt + last.columns;
};

/** Weights to begin with: the first forecast is about "no change, one unit wide". */
export function firstWeights(shape: Shape, random: Random): Float32Array {
  const weights = new Float32Array(weightCount(shape));
  const layers = layersOf(shape);
  layers.forEach(({ rows, columns, matrixAt, biasAt }, n) => {
    const gain = n === 0 ? 1 : n === layers.length - 1 ? 0.1 : 0.5;
    for (let k = matrixAt; k < biasAt; k++) weights[k] = (gain * random.normal()) / Math.sqrt(rows);
    if (n === layers.length - 1)
      for (let k = 0; k < columns; k++) weights[biasAt + k] = k % quantileCount === middle ? 0 : -2;
  });
  return weights;
}

/**
 * The same sums without TensorFlow.js, row by row: needs nothing but arrays, so it runs anywhere, and the tests hold the tensors to it.
 * @returns rows × 4 × 23 quantiles in units of growth
 */
export function forwardPlain(weights: Float32Array, shape: Shape, input: Float32Array, rows: number): Float32Array {
  const layers = layersOf(shape);
  const out = new Float32Array(rows * outputWidth);
  const apply = ({ rows: from, columns, matrixAt, biasAt }: Layer, values: Float64Array): Float64Array => {
    const sums = Float64Array.from(weights.subarray(biasAt, biasAt + columns));
    for (let i = 0; i < from; i++) {
      const value = values[i]!;
      const row = matrixAt + i * columns;
      for (let k = 0; k < columns; k++) sums[k]! += value * weights[row + k]!;
    }
    return sums;
  };
  for (let r = 0; r < rows; r++) {
    let values = apply(layers[0]!, Float64Array.from(input.subarray(r * inputWidth, (r + 1) * inputWidth))).map(
      Math.tanh,
    );
    for (const layer of layers.slice(1, -1)) {
      const added = apply(layer, values);
      values = values.map((value, k) => value + Math.tanh(added[k]!));
    }
    const raw = apply(layers.at(-1)!, values);
    for (let h = 0; h < horizons; h++) {
      const at = h * quantileCount;
      const median = raw[at + middle]!;
      out[r * outputWidth + at + middle] = median;
      const step = (q: number) => Math.log1p(Math.exp(-Math.abs(raw[at + q]!))) + Math.max(0, raw[at + q]!);
      for (let q = middle + 1, sum = median; q < quantileCount; q++) {
        sum += step(q);
        out[r * outputWidth + at + q] = sum;
      }
      for (let q = middle - 1, sum = median; q >= 0; q--) {
        sum -= step(q);
        out[r * outputWidth + at + q] = sum;
      }
    }
  }
  return out;
}
