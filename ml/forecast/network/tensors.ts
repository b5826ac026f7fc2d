/** The network on TensorFlow.js: forward for a forecast of all neighbourhoods at once, and backward for training. `prepareTensorflow()` must have resolved. */
import * as tf from '@tensorflow/tfjs-core';
import { hubLevels } from '../../metrics/interval-score.ts';
import { copyMatrix, quantileCount, stepMatrix } from '../rising-quantiles.ts';
import { horizons, inputWidth } from './input.ts';
import { layersOf, outputWidth, type Shape } from './layers.ts';

interface Parts {
  /** what each layer gives, the first to the last block */
  readonly hidden: tf.Tensor2D[];
  /** what each block adds; the first layer's own output first */
  readonly added: tf.Tensor2D[];
  /** (rows · 4) × 23 */
  readonly raw: tf.Tensor2D;
  readonly quantiles: tf.Tensor2D;
}

const tensorsOf = (weights: Float32Array, shape: Shape) =>
  layersOf(shape).map(({ rows, columns, matrixAt, biasAt }) => ({
    matrix: tf.tensor2d(weights.slice(matrixAt, biasAt), [rows, columns]),
    bias: tf.tensor1d(weights.slice(biasAt, biasAt + columns)),
  }));

type Layers = ReturnType<typeof tensorsOf>;

function forward(input: tf.Tensor2D, layers: Layers, steps: tf.Tensor2D, copies: tf.Tensor2D): Parts {
  const dense = (x: tf.Tensor2D, { matrix, bias }: Layers[number]) =>
    tf.add<tf.Tensor2D>(tf.matMul<tf.Tensor2D>(x, matrix), bias);
  const hidden = [tf.tanh<tf.Tensor2D>(dense(input, layers[0]!))];
  const added = [hidden[0]!];
  for (const layer of layers.slice(1, -1)) {
    const more = tf.tanh<tf.Tensor2D>(dense(hidden.at(-1)!, layer));
    added.push(more);
    hidden.push(tf.add<tf.Tensor2D>(hidden.at(-1)!, more));
  }
  const raw = tf.reshape<tf.Rank.R2>(dense(hidden.at(-1)!, layers.at(-1)!), [-1, quantileCount]);
  const quantiles = tf.add<tf.Tensor2D>(
    tf.matMul<tf.Tensor2D>(raw, copies),
    tf.matMul<tf.Tensor2D>(tf.softplus<tf.Tensor2D>(raw), steps),
  );
  return { hidden, added, raw, quantiles };
}

const squares = () => ({
  steps: tf.tensor2d(stepMatrix(1), [quantileCount, quantileCount]),
  copies: tf.tensor2d(copyMatrix(1), [quantileCount, quantileCount]),
});

/** Quantiles in units of growth, rows × 4 × 23, of any number of rows of `inputWidth` numbers. */
export type Forward = (input: Float32Array, rows: number) => Float32Array;

/** The weights become tensors once; each call is one batch. */
export function forwardTensors(weights: Float32Array, shape: Shape): Forward {
  const layers = tensorsOf(weights, shape);
  const { steps, copies } = squares();
  return (input, rows) => {
    if (rows === 0) return new Float32Array(0);
    const out = tf.tidy(() =>
      forward(tf.tensor2d(input, [rows, inputWidth]), layers, steps, copies).quantiles.dataSync(),
    );
    return Float32Array.from(out);
  };
}

export interface Batch {
  readonly rows: number;
  /** rows × inputWidth */
  readonly input: Float32Array;
  /** rows × 4, in units of growth; NaN: not known */
  readonly target: Float32Array;
}

/**
 * Gradient of the mean quantile (pinball) loss, weights in their own order, and the loss. By hand, because the Node build of tfjs-core
 * registers no gradients.
 */
export function lossGradient(
  weights: Float32Array,
  shape: Shape,
  { rows, input, target }: Batch,
): { gradient: Float32Array; loss: number } {
  const layout = layersOf(shape);
  const gradient = new Float32Array(weights.length);
  const measured: { loss: number } = { loss: 0 };
  tf.tidy(() => {
    const layers = tensorsOf(weights, shape);
    const { steps, copies } = squares();
    const x = tf.tensor2d(input, [rows, inputWidth]);
    const { hidden, added, raw, quantiles } = forward(x, layers, steps, copies);
    const { slope, loss } = pinballSlope(quantiles.dataSync(), target, rows);
    const atQuantiles = tf.tensor2d(slope, [rows * horizons, quantileCount]);
    const atRaw = tf.reshape<tf.Rank.R2>(
      tf.add<tf.Tensor2D>(
        tf.matMul<tf.Tensor2D>(atQuantiles, copies, false, true),
        tf.mul(tf.matMul<tf.Tensor2D>(atQuantiles, steps, false, true), tf.sigmoid(raw)),
      ),
      [rows, outputWidth],
    );
    const put = (n: number, before: tf.Tensor2D, atSum: tf.Tensor2D) => {
      gradient.set(tf.matMul<tf.Tensor2D>(before, atSum, true, false).dataSync(), layout[n]!.matrixAt);
      gradient.set(tf.sum(atSum, 0).dataSync(), layout[n]!.biasAt);
    };
    put(layers.length - 1, hidden.at(-1)!, atRaw);
    let atHidden = tf.matMul<tf.Tensor2D>(atRaw, layers.at(-1)!.matrix, false, true);
    for (let n = layers.length - 2; n >= 0; n--) {
      const atSum = tf.mul<tf.Tensor2D>(atHidden, tf.sub(1, tf.square(added[n]!)));
      put(n, n === 0 ? x : hidden[n - 1]!, atSum);
      if (n > 0)
        atHidden = tf.add<tf.Tensor2D>(atHidden, tf.matMul<tf.Tensor2D>(atSum, layers[n]!.matrix, false, true));
    }
    measured.loss = loss;
  });
  return { gradient, loss: measured.loss };
}

/** Slope of the loss at every quantile (1 - level above the target, -level below it), over the number of known targets. */
function pinballSlope(
  quantiles: ArrayLike<number>,
  target: Float32Array,
  rows: number,
): { slope: Float32Array; loss: number } {
  const slope = new Float32Array(rows * horizons * quantileCount);
  let known = 0;
  let sum = 0;
  for (const value of target.subarray(0, rows * horizons)) if (!Number.isNaN(value)) known++;
  for (let r = 0; r < rows * horizons; r++) {
    const came = target[r]!;
    if (Number.isNaN(came)) continue;
    for (let q = 0; q < quantileCount; q++) {
      const k = r * quantileCount + q;
      const gap = came - quantiles[k]!;
      const level = hubLevels[q]!;
      slope[k] = (gap < 0 ? 1 - level : -level) / known;
      sum += gap >= 0 ? level * gap : (level - 1) * gap;
    }
  }
  return { slope, loss: known === 0 ? 0 : sum / known };
}
