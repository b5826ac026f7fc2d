import { exampleDistrict, type Paths, type Scenario, simulatePaths } from '@vungxanh/ml/scenario';
import { expect, test } from 'vitest';
import { type PathWorker, QuickRuns } from './quick-run.ts';
import { partsOf, type ToWorker } from './quick-task.ts';

const district = exampleDistrict();
const run = { days: 20, paths: 60, stepDays: 1, seed: 7 };
const scenario = (adherence: number): Scenario => ({
  name: '5K',
  levers: [{ kind: '5K', fromDay: 0, toDay: 19, adherence, effect: 0.5 }],
});

/** Workers that compute when told to, in any order. */
function hands() {
  const waiting: (() => void)[] = [];
  const said: ToWorker[] = [];
  const make = (): PathWorker => {
    const worker: PathWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => {},
      postMessage: (message) => {
        said.push(message);
        if (message.say !== 'run') return;
        const { task, first, count } = message;
        waiting.push(() => {
          const paths = simulatePaths(district, message.scenario, message.run, first, count);
          worker.onmessage?.(new MessageEvent('message', { data: { task, first, paths } }));
        });
      },
    };
    return worker;
  };
  return { make, waiting, said };
}

test('in parts, on any number of workers that end in any order: the very paths of one run', () => {
  const { make, waiting } = hands();
  const runs = new QuickRuns(make, 3);
  runs.setDistrict(district);
  const told: Paths[] = [];
  runs.start({
    place: 'a',
    scenario: scenario(0.5),
    run,
    done: (paths) => told.push(paths),
    failed: expect.unreachable,
  });
  while (waiting.length) waiting.pop()!();
  expect(told).toEqual([simulatePaths(district, scenario(0.5), run)]);
});

test('a newer wish for a place takes over; of the older one nothing is seen, and no more of it is begun', () => {
  const { make, waiting, said } = hands();
  const runs = new QuickRuns(make, 1);
  runs.setDistrict(district);
  const told: string[] = [];
  const start = (adherence: number) =>
    runs.start({
      place: 'a',
      scenario: scenario(adherence),
      run: { ...run, paths: 200 },
      done: () => told.push(`adherence ${adherence}`),
      failed: expect.unreachable,
    });
  start(0.1);
  waiting.shift()!();
  start(0.9);
  while (waiting.length) waiting.shift()!();
  expect(told).toEqual(['adherence 0.9']);
  // the first took 2 parts of 8 before it was given up, the second all 8
  expect(said.filter(({ say }) => say === 'run')).toHaveLength(10);
});

test('what goes wrong in a worker is said, once, and the next run is done', () => {
  const { make, waiting } = hands();
  const workers: PathWorker[] = [];
  const runs = new QuickRuns(() => {
    const worker = make();
    workers.push(worker);
    return worker;
  }, 1);
  runs.setDistrict(district);
  const told: string[] = [];
  const wish = {
    place: 'a',
    scenario: scenario(1),
    run,
    done: () => told.push('done'),
    failed: (reason: string) => told.push(reason),
  };
  runs.start(wish);
  workers[0]!.onmessage?.(new MessageEvent('message', { data: { task: 1, failure: 'out of memory' } }));
  waiting.length = 0;
  runs.start(wish);
  while (waiting.length) waiting.shift()!();
  expect(told).toEqual(['out of memory', 'done']);
});

test('parts cover every path once', () => {
  for (const paths of [1, 25, 60, 200])
    expect(partsOf(paths).reduce((next, { first, count }) => (first === next ? next + count : Number.NaN), 0)).toBe(
      paths,
    );
});
