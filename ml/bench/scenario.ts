import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { Draws } from '../numerics/binomial-draws.ts';
import type { Turns } from '../numerics/chance.ts';
import { createRandom } from '../numerics/random.ts';
import type { RunSettings, Scenario } from '../scenario/district.ts';
import { Epidemic } from '../scenario/epidemic.ts';
import { exampleDistrict } from '../scenario/example-district.ts';
import { leverCalendar } from '../scenario/lever-calendar.ts';
import { simulatePaths } from '../scenario/simulate.ts';
import { openPathThreads } from '../scenario/threads.ts';
import { PlainDraws } from './scenario-plain.ts';
import { tensorInfections } from './scenario-tensors.ts';

/**
 * 1,000 paths × 10 wards × 3 ages × 120 days, with vaccination, tracing, 5K and a movement limit, and with nothing done (most are infected then). One JSON line each; `processorSeconds` is what the
 * work takes wherever other work keeps the processors busy, least and median of several goes. `node ml/bench/scenario.ts [--tensors]`
 */
const district = exampleDistrict();
const run: RunSettings = { days: 120, paths: 1_000, stepDays: 1, seed: 1 };
const limited: Scenario = {
  name: 'four levers',
  levers: [
    { kind: 'vaccination', fromDay: 0, toDay: 119, firstDosesPerDay: 3_000, secondDosesPerDay: 2_000 },
    { kind: 'tracing', fromDay: 0, toDay: 119, tracedPerDay: 800, yieldShare: 0.2, isolationPlaces: 2_000 },
    { kind: '5K', fromDay: 0, toDay: 119, adherence: 0.6, effect: 0.5 },
    { kind: 'movement', fromDay: 10, toDay: 40, limit: 0.5, contactShare: 0.3 },
  ],
};
const nothing: Scenario = { name: 'nothing done', levers: [] };

async function time(work: () => unknown, goes = 7) {
  const [wall, used]: [number[], number[]] = [[], []];
  await work();
  for (let i = 0; i < goes; i++) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await work();
    wall.push((performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(before);
    used.push((user + system) / 1e6);
  }
  for (const list of [wall, used]) list.sort((a, b) => a - b);
  const [seconds, processor] = [wall, used].map((list) => [list[0]!, list[goes >> 1]!] as const);
  return { seconds: seconds!.map(twoPlaces), processorSeconds: processor!.map(twoPlaces) };
}

const twoPlaces = (value: number) => Number(value.toFixed(2));

/** the model alone, without keeping anything, by either way to draw */
function daysOf(scenario: Scenario, paths: number, turnsOf: (path: number) => Turns): void {
  const epidemic = new Epidemic(district, 1);
  const calendar = leverCalendar(district, scenario.levers, run.days);
  const counts = { infections: new Float64Array(10), reported: new Float64Array(10), doses: 0 };
  for (let path = 0; path < paths; path++) {
    const turns = turnsOf(path);
    epidemic.reset(path, turns);
    for (const day of calendar) epidemic.day(day, turns, counts);
  }
}

const threads = openPathThreads(2);
for (const scenario of [limited, nothing]) {
  const one = await time(() => simulatePaths(district, scenario, run));
  const two = await time(() => threads.simulate(district, scenario, run));
  const slider = await time(() => simulatePaths(district, scenario, { ...run, paths: 200 }));
  const seeds = createRandom(1);
  const draws = new Draws();
  const own = await time(() => daysOf(scenario, 200, (path) => draws.restart(seeds.child(path))), 5);
  const plain = await time(() => daysOf(scenario, 200, (path) => new PlainDraws(seeds.child(path))), 5);
  const ratio = twoPlaces(own.processorSeconds[0]! / plain.processorSeconds[0]!);
  console.log(
    JSON.stringify({
      scenario: scenario.name,
      oneThread: one,
      twoThreads: two,
      slider200Paths: slider,
      toPlainDraws: ratio,
    }),
  );
}
await threads.close();

if (process.argv.includes('--tensors')) {
  const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(pathToFileURL(`${wasm}/wasm-out/`).pathname);
  await tf.setBackend('wasm');
  await tf.ready();
  const arrays = await time(() => simulatePaths(district, nothing, run), 3);
  const tensors = await time(() => tensorInfections(district, run), 3);
  const ratio = twoPlaces(tensors.processorSeconds[0]! / arrays.processorSeconds[0]!);
  console.log(
    JSON.stringify({ scenario: nothing.name, typedArrays: arrays, tensorFlow: tensors, tensorsToArrays: ratio }),
  );
}
