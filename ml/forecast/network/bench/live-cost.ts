/**
 * What the network costs: a round of forecasts of one district with and without it, the batch alone on TensorFlow.js and on plain arrays, and one
 * batch of a city's wards. `node ml/forecast/network/bench/live-cost.ts`
 */
import { readFileSync } from 'node:fs';
import { createRandom } from '../../../numerics/random.ts';
import { serialInterval } from '../../../rt/serial-interval.ts';
import { lineListRehearsal } from '../../district/bench/sets.ts';
import { forecastDistrictSeries } from '../../district/district-forecast.ts';
import { districtOptions, withNetwork } from '../../district/options.ts';
import { simulateDistrict } from '../../district/simulated-district.ts';
import { inputWidth } from '../input.ts';
import { forwardPlain } from '../layers.ts';
import { forwardTensors } from '../tensors.ts';
import { loadNetwork, weightsFile, weightsFrom } from '../trained-network.ts';

const rounds = 5;
const cityWards = 322;

/** Fewest milliseconds of each, run in turn so that a busy machine is busy for both; one run of each is not counted. */
function timed(...runs: (() => unknown)[]): number[] {
  for (const run of runs) run();
  const fewest = runs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++)
    runs.forEach((run, n) => {
      const begun = performance.now();
      run();
      fewest[n] = Math.min(fewest[n]!, performance.now() - begun);
    });
  return fewest;
}
const say = (what: string, milliseconds: number, more = '') =>
  console.log(`${what.padEnd(64)} ${milliseconds.toFixed(1).padStart(8)} ms${more}`);

const begun = performance.now();
const member = await loadNetwork();
say('loading weights and TensorFlow.js, once in a process', performance.now() - begun);

const { history } = lineListRehearsal('bench', simulateDistrict({ seed: 11, days: 160, wards: 10, startCases: 20 }), 1);
const moments = history.moments.slice(-120);
const request = (options: ReturnType<typeof districtOptions>) => () =>
  forecastDistrictSeries({
    history: { ...history, moments },
    now: moments.at(-1)!.last,
    horizonWeeks: 4,
    options,
    rules: { leastPeriods: 35, mostAge: 3, mostGap: 3, within: 28 },
    settledDays: 7,
    seed: 2021,
    codeVersion: 'bench',
  });
const without = districtOptions(serialInterval(4.7, 2.9, 21));
const [before, after] = timed(request(without), request(withNetwork(without, member))) as [number, number];
say(`a round of forecasts, ${history.areas.length} areas, ${moments.length} moments, without the network`, before);
say('the same with the network', after, `  ratio ${(after / before).toFixed(2)}`);

const weights = weightsFrom(readFileSync(weightsFile), member.card);
const forward = forwardTensors(weights, member.card.shape);
for (const [what, rows] of [
  [`one batch of a city's ${cityWards} wards`, cityWards],
  [`the batch of the round, ${history.areas.length * moments.length} rows`, history.areas.length * moments.length],
] as const) {
  const random = createRandom(1);
  const input = Float32Array.from({ length: rows * inputWidth }, () => random.normal());
  const [tensors, plain] = timed(
    () => forward(input, rows),
    () => forwardPlain(weights, member.card.shape, input, rows),
  ) as [number, number];
  say(`${what}, TensorFlow.js`, tensors);
  say(`${what}, plain arrays`, plain, `  ${(plain / tensors).toFixed(1)} times TensorFlow.js`);
}
