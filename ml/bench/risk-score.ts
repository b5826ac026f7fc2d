import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../numerics/random.ts';
import { logEdges } from '../risk/bands.ts';
import { driverEffects } from '../risk/drivers.ts';
import { featureCount } from '../risk/local-features.ts';
import type { AreaObservations, RiskModel } from '../risk/risk-model.ts';
import { scoreAreas } from '../risk/risk-score.ts';
import { bandTensors } from '../risk/score-tensors.ts';

/** Every tổ dân phố of the city. */
const areas = 24_330;
const repetitions = 9;
const cuts = [20, 50, 150];

const random = createRandom(1);
const numbers = (length: number, scale: number) => Float64Array.from({ length }, () => scale * random.normal());
const people = Float64Array.from({ length: areas }, () => 200 + random.below(600));
const observations: AreaObservations = {
  logRates: numbers(areas, 1).map((x) => x + 4),
  units: people.map((value) => value / 1e5),
  features: numbers(areas * featureCount, 0.3),
};
const model: RiskModel = {
  heavyShare: 0.5,
  horizons: [1, 2, 3, 4].map((h) => ({
    cityChange: 0.1 * h,
    coefficients: numbers(featureCount, 0.1),
    cityVariance: 0.03 * h * h,
    areaVariance: 0.02 * h,
    countNoise: 1.7,
    steepness: 1.05,
  })),
};
const edges = new Float64Array(areas * cuts.length);
people.forEach((value, i) => {
  edges.set(logEdges(value, cuts), i * cuts.length);
});

async function time(name: string, run: () => unknown): Promise<void> {
  await run();
  const milliseconds: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    await run();
    milliseconds.push(performance.now() - start);
  }
  milliseconds.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(58)} median ${milliseconds[repetitions >> 1]!.toFixed(1)} ms, worst ${milliseconds.at(-1)!.toFixed(1)} ms`,
  );
}

const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
setWasmPaths(pathToFileURL(`${wasm}/wasm-out/`).pathname);
await tf.setBackend('wasm');
await tf.ready();
console.log(`${areas} areas, 4 horizons, ${cuts.length + 1} bands; TensorFlow.js backend ${tf.getBackend()}`);
await time('typed arrays: probabilities and scores', () => scoreAreas(model, observations, edges, cuts.length));
await time('typed arrays: the same with exact ablation of 6 drivers', () => {
  scoreAreas(model, observations, edges, cuts.length);
  return driverEffects(model, observations, edges, cuts.length);
});
await time('TensorFlow.js: probabilities', () => bandTensors(model, observations, edges, cuts.length));
const plain = scoreAreas(model, observations, edges, cuts.length).probabilities;
const tensors = await bandTensors(model, observations, edges, cuts.length);
let largest = 0;
plain.forEach((row, h) => {
  row.forEach((p, i) => {
    largest = Math.max(largest, Math.abs(p - tensors[h]![i]!));
  });
});
console.log(`largest difference between the two: ${largest.toExponential(1)}`);
