import { readFileSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { hubLevels } from '../../metrics/interval-score.ts';
import { createRandom } from '../../numerics/random.ts';
import type { SeenHistory } from '../district/seen.ts';
import { quantileCount } from '../rising-quantiles.ts';
import { prepareTensorflow } from '../tensorflow.ts';
import { horizons, inputWidth, writeInput } from './input.ts';
import { firstWeights, forwardPlain, outputWidth, weightCount } from './layers.ts';
import { mediansAfter } from './member.ts';
import { simulatedSources } from './sources.ts';
import { forwardTensors, lossGradient } from './tensors.ts';
import { hashOf, loadNetwork, readCard, WrongWeightsError, weightsFile, weightsFrom } from './trained-network.ts';
import { type SourceRows, startTraining, train, usedTraining } from './training.ts';

const middle = (quantileCount - 1) / 2;
const small = { hidden: 5, blocks: 2 };

const randomInput = (rows: number, seed: number) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: rows * inputWidth }, () => random.normal());
};

beforeAll(async () => {
  await prepareTensorflow();
});

describe('the network', () => {
  test('gives the same numbers on TensorFlow.js and on plain arrays', () => {
    const card = readCard();
    const weights = weightsFrom(readFileSync(weightsFile), card);
    const input = randomInput(7, 3);
    const tensors = forwardTensors(weights, card.shape)(input, 7);
    const plain = forwardPlain(weights, card.shape, input, 7);
    expect(tensors).toHaveLength(7 * outputWidth);
    tensors.forEach((value, k) => void expect(Math.abs(value - plain[k]!)).toBeLessThan(2e-4));
  });

  test('quantiles rise, whatever the weights', () => {
    const random = createRandom(4);
    const weights = firstWeights(small, random).map((weight) => 20 * weight);
    const out = forwardTensors(weights, small)(randomInput(9, 5), 9);
    for (let k = 0; k < out.length; k++) if (k % quantileCount > 0) expect(out[k]!).toBeGreaterThanOrEqual(out[k - 1]!);
  });

  test('the gradient is that of the loss', () => {
    const weights = firstWeights(small, createRandom(6));
    const rows = 6;
    const input = randomInput(rows, 7);
    const random = createRandom(8);
    const target = Float32Array.from({ length: rows * horizons }, (_, k) => (k === 5 ? Number.NaN : random.normal()));
    const lossAt = (changed: Float32Array) => {
      const quantiles = forwardPlain(changed, small, input, rows);
      let sum = 0;
      target.forEach((came, r) => {
        if (Number.isNaN(came)) return;
        hubLevels.forEach((level, q) => {
          const gap = came - quantiles[r * quantileCount + q]!;
          sum += gap >= 0 ? level * gap : (level - 1) * gap;
        });
      });
      return sum / (rows * horizons - 1);
    };
    const { gradient, loss } = lossGradient(weights, small, { rows, input, target });
    expect(loss).toBeCloseTo(lossAt(weights), 4);
    // one weight of every layer, matrix and bias; steps small enough that no quantile passes a target
    for (let k = 3; k < weights.length; k += 41) {
      const step = 2e-3;
      const moved = (by: number) => weights.map((value, n) => (n === k ? value + by : value));
      const slope = (lossAt(moved(step)) - lossAt(moved(-step))) / (2 * step);
      expect(Math.abs(gradient[k]! - slope), `weight ${k}`).toBeLessThan(0.02 * Math.max(1, Math.abs(slope)));
    }
  });

  test('learns: a series that always doubles is foreseen to double', () => {
    const rows = 64;
    const random = createRandom(1);
    const source: SourceRows = {
      name: 'doubles',
      disease: 'none',
      place: 'none',
      window: null,
      rows,
      input: Float32Array.from({ length: rows * inputWidth }, () => 0.1 * random.normal()),
      target: Float32Array.from({ length: rows * horizons }, (_, k) => (k % horizons) + 1),
    };
    const state = startTraining(small, 2);
    const options = { ...usedTraining, steps: 150, batch: 64, averaged: 5, learningRate: 0.02 };
    train(state, small, [source], options);
    const said = forwardPlain(state.average, small, source.input, 1);
    for (let h = 0; h < horizons; h++) expect(said[h * quantileCount + middle]!).toBeCloseTo(h + 1, 0);
  });

  test('a training that stops and goes on gives the weights of one that did not stop', () => {
    const sources = simulatedSources(5, 0.05);
    const options = { ...usedTraining, steps: 6, batch: 32 };
    const whole = startTraining(small, 9);
    train(whole, small, sources, options);
    const parts = startTraining(small, 9);
    while (parts.step < options.steps) train(parts, small, sources, { ...options, stopAt: parts.step + 2 });
    expect(parts.weights).toEqual(whole.weights);
  });
});

describe('the trained weights', () => {
  test('are those of the card, at most 2 MB', () => {
    const card = readCard();
    expect(statSync(weightsFile).size).toBeLessThanOrEqual(2_000_000);
    expect(card.parameters).toBe(weightCount(card.shape));
    expect(hashOf(readFileSync(weightsFile))).toBe(card.weightsHash);
    expect(card.dataWindow).not.toBeNull();
    expect(card.fails.length).toBeGreaterThan(0);
  });

  test('are refused when one byte is another, or the shape is', () => {
    const card = readCard();
    const bytes = new Uint8Array(readFileSync(weightsFile));
    const spoiled = bytes.slice();
    spoiled[1000]! ^= 1;
    expect(() => weightsFrom(spoiled, card)).toThrow(WrongWeightsError);
    expect(() => weightsFrom(bytes, { ...card, shape: small })).toThrow(/needs/);
    expect(weightsFrom(bytes, card)).toHaveLength(card.parameters);
  });
});

const growing = (week: number) => Math.round(20 * 1.3 ** week);

describe('what it sees', () => {
  test('a series and the same series of twice the size differ in their size alone', () => {
    const [one, other] = [new Float32Array(inputWidth), new Float32Array(inputWidth)];
    const series = (times: number) => ({
      own: (back: number) => times * 1000 * growing(20 - back),
      weekSteps: 1 as const,
    });
    expect(writeInput(series(1), one, 0)).toBe(true);
    expect(writeInput(series(2), other, 0)).toBe(true);
    for (let k = 0; k < 36; k++) expect(other[k]!).toBeCloseTo(one[k]!, 3);
    expect(other[36]! - one[36]!).toBeCloseTo(Math.log(2) / 4, 3);
  });

  test('without the last two weeks there is nothing to say; an unknown week between says nothing of a change', () => {
    const input = new Float32Array(inputWidth);
    const without = (gone: number) => ({
      own: (back: number) => (back === gone ? Number.NaN : 50),
      weekSteps: 1 as const,
    });
    expect(writeInput(without(0), input, 0)).toBe(false);
    expect(writeInput(without(1), input, 0)).toBe(false);
    expect(writeInput(without(2), input, 0)).toBe(true);
    for (let k = 0; k < 12; k++) expect(input[k]!).toBeCloseTo(0, 6);
  });
});

describe('as a member', () => {
  const weekly = (values: number[][]): SeenHistory => ({
    areas: values.map((_, i) => `W${i}`),
    total: -1,
    step: 'week',
    kind: 'flow',
    moments: [{ first: 0, last: values[0]!.length - 1, values: Float64Array.from(values.flat()) }],
  });

  test('a fixed series is foreseen as the card says', async () => {
    const member = await loadNetwork();
    const { weeks, medians } = member.card.known;
    mediansAfter(member, weeks).forEach((value, h) => void expect(value / medians[h]!).toBeCloseTo(1, 3));
    // the card is of no other input: twice the last week is another forecast
    const other = mediansAfter(member, [...weeks.slice(0, -1), 2 * weeks.at(-1)!]);
    expect(Math.abs(other[0]! / medians[0]! - 1)).toBeGreaterThan(0.1);
  });

  test('areas are foreseen alone or together alike, and one without its last week is not', async () => {
    const { foresee } = await loadNetwork();
    const one = [5, 9, 8, 12, 17, 20];
    const silent = [5, 9, 8, 12, 17, Number.NaN];
    const [together] = foresee(weekly([one, silent, one]));
    const [alone] = foresee(weekly([one]));
    const width = horizons * quantileCount;
    for (let k = 0; k < width; k++) {
      expect(together![k]!).toBeCloseTo(alone![k]!, 4);
      expect(together![width + k]!).toBeNaN();
      expect(together![2 * width + k]!).toBe(together![k]!);
    }
  });
});
