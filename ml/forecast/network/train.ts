/**
 * npm run train: trains the small network on every epidemic that is at hand and writes weights and card beside this file. Same data, seed and steps: same file.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareTensorflow } from '../tensorflow.ts';
import { usedShape, weightCount } from './layers.ts';
import { mediansAfter, networkMember } from './member.ts';
import { recordedSources, simulatedSources } from './sources.ts';
import { forwardTensors } from './tensors.ts';
import { cardFile, hashOf, type NetworkCard } from './trained-network.ts';
import { type SourceRows, startTraining, type TrainingState, train, usedTraining } from './training.ts';

const usage = `npm run train [-- options]

Trains the network that forecasts any series of new cases, and writes weights.bin and card.json. Without the recorded sets it learns from simulated outbreaks alone, and says so.

  --steps N                how long (${usedTraining.steps}); a few milliseconds each
  --stop-at N              stops there, with the schedule of all steps: go on with --state
  --seed N                 of what is drawn (${usedTraining.seed})
  --data FOLDER            the recorded sets (default: VX_SHARED, or ../shared, its data)
  --without NAME           leaves a disease or a place out; may stand more than once
  --out FOLDER             where to write (default: the ones in use, in the repository)
  --state FILE             goes on from there, and writes there where it stands
  --help                   this text`;

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: String(usedTraining.steps) },
    'stop-at': { type: 'string' },
    seed: { type: 'string', default: String(usedTraining.seed) },
    data: { type: 'string', default: join(process.env.VX_SHARED ?? '../shared', 'data') },
    without: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: dirname(cardFile) },
    state: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const options = {
  ...usedTraining,
  steps: Number(values.steps),
  seed: Number(values.seed),
  ...(values['stop-at'] === undefined ? {} : { stopAt: Number(values['stop-at']) }),
};
const left = new Set(values.without);
const keeps = ({ disease, place }: SourceRows) => ![disease, place].some((name) => left.has(name));

const { sources: recorded, missing } = recordedSources(values.data, options.seed);
if (missing.length > 0) console.log(`left out, not at hand: ${missing.join(', ')}`);
if (recorded.length === 0) console.log('no recorded epidemic at hand: learns from simulated outbreaks alone');
const sources = [...simulatedSources(options.seed), ...recorded].filter(keeps);
for (const { name, rows } of sources) console.log(`${String(rows).padStart(7)} rows  ${name}`);

await prepareTensorflow();
const state =
  values.state && existsSync(values.state) ? readState(values.state) : startTraining(usedShape, options.seed);
if (state.step > 0) console.log(`goes on from step ${state.step}`);
const began = performance.now();
const loss = train(state, usedShape, sources, options, (step, lately) => {
  if (step % 500 === 0)
    console.log(`step ${step}  loss ${lately.toFixed(4)}  ${((performance.now() - began) / 1000).toFixed(0)} s`);
});
if (values.state) writeState(values.state, state);

const bytes = new Uint8Array(state.average.buffer.slice(0));
/** Of which the card says what the weights make of it. */
const knownWeeks = [12, 15, 21, 30, 44, 60, 85, 120];
const windows = sources.flatMap(({ window }) => (window ? [window] : []));
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
const file = join(out, 'card.json');
const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as NetworkCard) : undefined;
const card: NetworkCard = {
  shape: usedShape,
  parameters: weightCount(usedShape),
  weightsHash: hashOf(bytes),
  seed: options.seed,
  steps: state.step,
  trainedOn: sources.map(({ name, disease, place, window, rows }) => ({ name, disease, place, window, rows })),
  dataWindow:
    windows.length === 0
      ? null
      : [
          windows.map(([first]) => first).sort()[0]!,
          windows
            .map(([, last]) => last)
            .sort()
            .at(-1)!,
        ],
  known: {
    weeks: knownWeeks,
    medians: mediansAfter(networkMember(forwardTensors(state.average, usedShape), {}), knownWeeks).map((value) =>
      Number(value.toFixed(3)),
    ),
  },
  // what was measured of other weights is not true of these
  fails: before?.weightsHash === hashOf(bytes) ? before.fails : [],
};
writeFileSync(join(out, 'weights.bin'), bytes);
writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`);
console.log(`loss ${loss.toFixed(4)}, ${card.parameters} weights, ${card.weightsHash.slice(0, 12)} → ${out}`);

function readState(path: string): TrainingState {
  const numbers = readFileSync(path);
  const all = new Float32Array(numbers.buffer.slice(numbers.byteOffset, numbers.byteOffset + numbers.byteLength));
  const count = weightCount(usedShape);
  if (all.length !== 4 * count + 1) throw new RangeError(`${path} is no state of a network of this shape`);
  const part = (n: number) => all.slice(1 + n * count, 1 + (n + 1) * count);
  return { step: all[0]!, weights: part(0), mean: part(1), square: part(2), average: part(3) };
}

function writeState(path: string, { step, weights, mean, square, average }: TrainingState): void {
  writeFileSync(path, new Uint8Array(Float32Array.from([step, ...weights, ...mean, ...square, ...average]).buffer));
}
