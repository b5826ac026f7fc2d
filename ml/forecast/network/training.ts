/** Adam (Kingma and Ba 2015) on batches that hold as many rows of one source as of another; the same seed and sources give the same weights. */
import { createRandom } from '../../numerics/random.ts';
import { horizons, inputWidth } from './input.ts';
import { firstWeights, type Shape } from './layers.ts';
import { lossGradient } from './tensors.ts';

/** Rows of one source: which disease, where, when. */
export interface SourceRows {
  readonly name: string;
  readonly disease: string;
  readonly place: string;
  /** ISO dates of the first and last week; null: simulated */
  readonly window: readonly [string, string] | null;
  readonly rows: number;
  readonly input: Float32Array;
  readonly target: Float32Array;
}

export interface TrainingOptions {
  readonly seed: number;
  readonly steps: number;
  /** stops there, with the schedule of all steps */
  readonly stopAt?: number;
  readonly batch: number;
  readonly learningRate: number;
  /** shrinks the weights at each step, in proportion to the learning rate */
  readonly decay: number;
  /** the weights that are kept are a running mean of this many steps */
  readonly averaged: number;
}

export const usedTraining: TrainingOptions = {
  seed: 20_261_130,
  steps: 5000,
  batch: 256,
  learningRate: 0.002,
  decay: 0.01,
  averaged: 300,
};

/** Where a training stands: enough to go on from. */
export interface TrainingState {
  step: number;
  readonly weights: Float32Array;
  readonly mean: Float32Array;
  readonly square: Float32Array;
  readonly average: Float32Array;
}

export function startTraining(shape: Shape, seed: number): TrainingState {
  const weights = firstWeights(shape, createRandom(seed).child(1));
  const none = () => new Float32Array(weights.length);
  return { step: 0, weights, mean: none(), square: none(), average: weights.slice() };
}

/** The learning rate rises over the first steps and falls along a cosine to a hundredth. */
function rateAt(step: number, { steps, learningRate }: TrainingOptions): number {
  const warm = Math.min(1, (step + 1) / 100);
  return learningRate * warm * (0.01 + 0.99 * 0.5 * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps)));
}

/** Goes on until `options.steps` or `stopAt`. @returns the mean loss of the last steps */
export function train(
  state: TrainingState,
  shape: Shape,
  sources: readonly SourceRows[],
  options: TrainingOptions,
  told: (step: number, loss: number) => void = () => {},
): number {
  const [keepMean, keepSquare, tiny] = [0.9, 0.999, 1e-8];
  const { batch } = options;
  const input = new Float32Array(batch * inputWidth);
  const target = new Float32Array(batch * horizons);
  let lately = Number.NaN;
  const until = Math.min(options.steps, options.stopAt ?? options.steps);
  for (; state.step < until; state.step++) {
    // each step draws from a generator of its own, so that a training that goes on draws what it would have drawn
    const random = createRandom(options.seed).child(2 + state.step);
    for (let k = 0; k < batch; k++) {
      const source = sources[random.below(sources.length)]!;
      const row = random.below(source.rows);
      input.set(source.input.subarray(row * inputWidth, (row + 1) * inputWidth), k * inputWidth);
      target.set(source.target.subarray(row * horizons, (row + 1) * horizons), k * horizons);
    }
    const { gradient, loss } = lossGradient(state.weights, shape, { rows: batch, input, target });
    const rate = rateAt(state.step, options);
    const [meanPart, squarePart] = [1 - keepMean ** (state.step + 1), 1 - keepSquare ** (state.step + 1)];
    for (let k = 0; k < gradient.length; k++) {
      state.mean[k] = keepMean * state.mean[k]! + (1 - keepMean) * gradient[k]!;
      state.square[k] = keepSquare * state.square[k]! + (1 - keepSquare) * gradient[k]! ** 2;
      const move = state.mean[k]! / meanPart / (Math.sqrt(state.square[k]! / squarePart) + tiny);
      state.weights[k]! -= rate * (move + options.decay * state.weights[k]!);
      state.average[k]! += (state.weights[k]! - state.average[k]!) / Math.min(options.averaged, state.step + 1);
    }
    lately = Number.isNaN(lately) ? loss : 0.99 * lately + 0.01 * loss;
    told(state.step + 1, lately);
  }
  return lately;
}
