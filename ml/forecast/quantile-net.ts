/**
 * A small pooled net for growth, trained on quantile (pinball) loss: rich features → two hidden layers → 23 quantiles for
 * each horizon that cannot cross (a median and positive steps away from it). Targets are in units of each row's own
 * noise, so that small and large areas share one net. Weights go on from one origin to the next.
 */
import * as tf from '@tensorflow/tfjs-core';
import { hubLevels } from '../metrics/interval-score.ts';
import type { Random } from '../numerics/random.ts';
import {
  type FeatureSet,
  featureWriters,
  firstOrigin,
  type GrowthRows,
  growthRows,
  rowWeight,
} from './growth-features.ts';
import { centreFromGrowth } from './growth-members.ts';
import { copyMatrix, half, quantileCount, stepMatrix } from './rising-quantiles.ts';
import type { Centre, Member, Situation } from './situation.ts';

export interface NetOptions {
  name?: string;
  hidden: readonly [number, number];
  firstSteps: number;
  furtherSteps: number;
  batch: number;
  learningRate: number;
  /** L2 penalty on the weights of the layers */
  decay: number;
}

export const defaultNet: NetOptions = {
  hidden: [24, 16],
  firstSteps: 600,
  furtherSteps: 30,
  batch: 512,
  learningRate: 0.002,
  decay: 1e-3,
};

const defaultFeatures: FeatureSet = 'rich-season';

/** Standard deviation of growth a row is measured in: the noise model of `rowWeight`. */
function rowScale(level: number): number {
  return Math.sqrt(0.03 / rowWeight(level));
}

interface Scaling {
  mean: Float64Array;
  deviation: Float64Array;
}

function scalingOf(rows: GrowthRows): Scaling {
  const mean = new Float64Array(rows.width);
  const deviation = new Float64Array(rows.width);
  for (let r = 0; r < rows.rows; r++) {
    for (let j = 0; j < rows.width; j++) mean[j]! += rows.features[r * rows.width + j]! / rows.rows;
  }
  for (let r = 0; r < rows.rows; r++) {
    for (let j = 0; j < rows.width; j++) {
      deviation[j]! += (rows.features[r * rows.width + j]! - mean[j]!) ** 2 / rows.rows;
    }
  }
  return { mean, deviation: deviation.map((v) => Math.sqrt(v) || 1) };
}

function scaled(value: number, j: number, { mean, deviation }: Scaling): number {
  return Math.max(-4, Math.min(4, (value - mean[j]!) / deviation[j]!));
}

class QuantileNet {
  readonly #options: NetOptions;
  readonly #random: Random;
  readonly #horizons: number;
  readonly #weights: tf.Variable[];
  readonly #optimizer: tf.Optimizer;
  readonly #steps: tf.Tensor2D;
  readonly #copies: tf.Tensor2D;
  readonly #levels: tf.Tensor1D;

  constructor(width: number, horizons: number, options: NetOptions, random: Random) {
    this.#options = options;
    this.#random = random;
    this.#horizons = horizons;
    const size = quantileCount * horizons;
    const [first, second] = options.hidden;
    const layer = (rows: number, columns: number, gain: number) =>
      tf.variable(
        tf.tensor2d(
          Float32Array.from({ length: rows * columns }, () => (gain * random.normal()) / Math.sqrt(rows)),
          [rows, columns],
        ),
      );
    const lastBias = Float32Array.from({ length: size }, (_, k) => (k % quantileCount === half ? 0 : -2));
    this.#weights = [
      layer(width, first, 1),
      tf.variable(tf.zeros([first])),
      layer(first, second, 1),
      tf.variable(tf.zeros([second])),
      layer(second, size, 0.1),
      tf.variable(tf.tensor1d(lastBias)),
    ];
    this.#optimizer = tf.train.adam(options.learningRate);
    this.#steps = tf.tensor2d(stepMatrix(horizons), [size, size]);
    this.#copies = tf.tensor2d(copyMatrix(horizons), [size, size]);
    this.#levels = tf.tensor1d(Float32Array.from({ length: size }, (_, k) => hubLevels[k % quantileCount]!));
  }

  #forward(input: tf.Tensor2D): { first: tf.Tensor2D; second: tf.Tensor2D; raw: tf.Tensor2D; quantiles: tf.Tensor2D } {
    const [w1, b1, w2, b2, w3, b3] = this.#weights;
    const first = tf.tanh(tf.add(tf.matMul(input, w1 as unknown as tf.Tensor2D), b1!)) as tf.Tensor2D;
    const second = tf.tanh(tf.add(tf.matMul(first, w2 as unknown as tf.Tensor2D), b2!)) as tf.Tensor2D;
    const raw = tf.add(tf.matMul(second, w3 as unknown as tf.Tensor2D), b3!) as tf.Tensor2D;
    const quantiles = tf.add(tf.matMul(raw, this.#copies), tf.matMul(tf.softplus(raw), this.#steps)) as tf.Tensor2D;
    return { first, second, raw, quantiles };
  }

  /** Gradients by hand (the Node build of tfjs-core registers none), in the order of the weights. */
  #gradients(input: tf.Tensor2D, target: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor[] {
    const { first, second, raw, quantiles } = this.#forward(input);
    const [w1, , w2, , w3] = this.#weights as unknown as tf.Tensor2D[];
    // pinball loss: its slope is 1 - level above the target, -level below
    const above = tf.cast(tf.greater(quantiles, target), 'float32');
    const slope = tf.mul(tf.sub(above, this.#levels), tf.div(mask, input.shape[0]));
    const atRaw = tf.add(
      tf.matMul(slope as tf.Tensor2D, this.#copies, false, true),
      tf.mul(tf.matMul(slope as tf.Tensor2D, this.#steps, false, true), tf.sigmoid(raw)),
    ) as tf.Tensor2D;
    const throughTanh = (above_: tf.Tensor2D, weights: tf.Tensor2D, output: tf.Tensor2D): tf.Tensor2D =>
      tf.mul(tf.matMul(above_, weights, false, true), tf.sub(1, tf.square(output)));
    const atSecond = throughTanh(atRaw, w3!, second);
    const atFirst = throughTanh(atSecond, w2!, first);
    const decayed = (gradient: tf.Tensor, weights: tf.Tensor) =>
      tf.add(gradient, tf.mul(this.#options.decay * quantileCount, weights));
    return [
      decayed(tf.matMul(input, atFirst, true, false), w1!),
      tf.sum(atFirst, 0),
      decayed(tf.matMul(first, atSecond, true, false), w2!),
      tf.sum(atSecond, 0),
      tf.matMul(second, atRaw, true, false),
      tf.sum(atRaw, 0),
    ];
  }

  /** @param targets rows * horizons * 23 (each target repeated), @param known 1 where the target is known */
  train(
    features: Float32Array,
    targets: Float32Array,
    known: Float32Array,
    rows: number,
    width: number,
    steps: number,
  ): void {
    const size = quantileCount * this.#horizons;
    const batch = Math.min(this.#options.batch, rows);
    const x = new Float32Array(batch * width);
    const y = new Float32Array(batch * size);
    const m = new Float32Array(batch * size);
    for (let step = 0; step < steps; step++) {
      for (let k = 0; k < batch; k++) {
        const r = this.#random.below(rows);
        x.set(features.subarray(r * width, (r + 1) * width), k * width);
        for (let h = 0; h < this.#horizons; h++) {
          y.fill(targets[r * this.#horizons + h]!, k * size + h * quantileCount, k * size + (h + 1) * quantileCount);
          m.fill(known[r * this.#horizons + h]!, k * size + h * quantileCount, k * size + (h + 1) * quantileCount);
        }
      }
      tf.tidy(() => {
        const input = tf.tensor2d(x, [batch, width]);
        const target = tf.tensor2d(y, [batch, size]);
        const mask = tf.tensor2d(m, [batch, size]);
        const gradients = this.#gradients(input, target, mask);
        this.#optimizer.applyGradients(this.#weights.map((v, k) => ({ name: v.name, tensor: gradients[k]! })));
      });
    }
  }

  /** Quantiles for rows of scaled features: rows * horizons * 23. */
  predict(features: Float32Array, rows: number, width: number): Float32Array {
    return tf.tidy(() => this.#forward(tf.tensor2d(features, [rows, width])).quantiles.dataSync() as Float32Array);
  }
}

/** The net as a member; `prepareTensorflow()` must have resolved before its first use. */
export function quantileNet(
  random: Random,
  options: NetOptions = defaultNet,
  featureSet: FeatureSet = defaultFeatures,
): Member {
  let net: QuantileNet | null = null;
  let scaling: Scaling | null = null;
  const write = featureWriters[featureSet];
  const row = new Float64Array(64);
  return {
    name: options.name ?? 'quantile-net',
    centre(situation: Situation, refit: boolean): Centre {
      const { source, horizons } = situation;
      if (net === null || scaling === null || refit) {
        const rows = growthRows([source, ...situation.related], write, horizons);
        scaling ??= scalingOf(rows);
        const features = new Float32Array(rows.rows * rows.width);
        const targets = new Float32Array(rows.rows * horizons);
        const known = new Float32Array(rows.rows * horizons);
        for (let r = 0; r < rows.rows; r++) {
          for (let j = 0; j < rows.width; j++) {
            features[r * rows.width + j] = scaled(rows.features[r * rows.width + j]!, j, scaling);
          }
          const scale = Math.sqrt(0.03 / rows.weights[r]!);
          for (let h = 0; h < horizons; h++) {
            const y = rows.targets[r * horizons + h]!;
            if (Number.isNaN(y)) continue;
            targets[r * horizons + h] = y / scale;
            known[r * horizons + h] = 1;
          }
        }
        const first = net === null;
        net ??= new QuantileNet(rows.width, horizons, options, random);
        net.train(features, targets, known, rows.rows, rows.width, first ? options.firstSteps : options.furtherSteps);
      }
      const trained = net;
      const scale = scaling;
      const width = scale.mean.length;
      return { centre: centreFromGrowth(situation, predictAll(situation, trained, scale, width)) };
    },
  };

  function predictAll(
    situation: Situation,
    trained: QuantileNet,
    scale: Scaling,
    width: number,
  ): (area: number, t: number, out: Float64Array) => void {
    const { levels } = situation.source;
    const from = situation.transferred
      ? Math.max(firstOrigin, situation.target.first - levels.first)
      : levels.length - 1;
    const span = levels.length - from;
    const input = new Float32Array(levels.areas * span * width);
    for (let i = 0; i < levels.areas; i++) {
      for (let t = from; t < levels.length; t++) {
        write(situation.source, i, t, row, 0);
        const base = (i * span + (t - from)) * width;
        for (let j = 0; j < width; j++) input[base + j] = scaled(row[j]!, j, scale);
      }
    }
    const all = trained.predict(input, levels.areas * span, width);
    return (area, t, out) => {
      const base = (area * span + (t - from)) * situation.horizons * quantileCount;
      const unit = rowScale(levels.z[area * levels.length + t]!);
      for (let h = 0; h < out.length; h++)
        out[h] = t < from ? Number.NaN : all[base + h * quantileCount + half]! * unit;
    };
  }
}
