import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { exampleDistrict } from '../scenario/example-district.ts';
import { simulatePaths } from '../scenario/simulate.ts';
import { openPathThreads } from '../scenario/threads.ts';
import { tensorInfections } from './scenario-tensors.ts';

/** The yardstick: 1,000 paths × 10 wards × 3 ages × 120 days, with vaccination, tracing, 5K and a movement limit. */
const district = exampleDistrict();
const run = { days: 120, paths: 1_000, stepDays: 1, seed: 1 };
const scenario = {
  name: 'bench',
  levers: [
    { kind: 'vaccination', fromDay: 0, toDay: 119, firstDosesPerDay: 3_000, secondDosesPerDay: 2_000 },
    { kind: 'tracing', fromDay: 0, toDay: 119, tracedPerDay: 800, yieldShare: 0.2, isolationPlaces: 2_000 },
    { kind: '5K', fromDay: 0, toDay: 119, adherence: 0.6, effect: 0.5 },
    { kind: 'movement', fromDay: 10, toDay: 40, limit: 0.5, contactShare: 0.3 },
  ],
} as const;
const levers = { name: scenario.name, levers: scenario.levers.map((lever) => ({ ...lever })) };

async function time(name: string, work: () => unknown): Promise<void> {
  const seconds: number[] = [];
  const processor: number[] = [];
  await work();
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const used = process.cpuUsage();
    await work();
    seconds.push((performance.now() - start) / 1000);
    processor.push(process.cpuUsage(used).user / 1e6);
  }
  seconds.sort((a, b) => a - b);
  processor.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(64)} median ${seconds[2]!.toFixed(2)} s, worst ${seconds[4]!.toFixed(2)} s; processor time ${processor[2]!.toFixed(2)} s`,
  );
}

await time('typed arrays, exact binomial draws, one thread', () => simulatePaths(district, levers, run));
const threads = openPathThreads(2);
await time('typed arrays, exact binomial draws, two worker threads', () => threads.simulate(district, levers, run));
await threads.close();
await time('typed arrays, 200 paths (the slider)', () => simulatePaths(district, levers, { ...run, paths: 200 }));

const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
setWasmPaths(pathToFileURL(`${wasm}/wasm-out/`).pathname);
await tf.setBackend('wasm');
await tf.ready();
const none = { name: 'no levers', levers: [] };
let plainInfections = 0;
let tensors = 0;
await time('no levers: typed arrays, exact binomial draws, one thread', () => {
  const paths = simulatePaths(district, none, run);
  plainInfections = paths.daily.infections.reduce((a, b) => a + b, 0) / run.paths;
});
await time(`no levers: TensorFlow.js (${tf.getBackend()}), rounded normal draws`, () => {
  tensors = tensorInfections(district, run);
});
console.log(
  `infections a path: typed arrays ${plainInfections.toFixed(0)}, TensorFlow.js ${tensors.toFixed(0)} (its draws are too coarse for small counts)`,
);
