import { afterAll, expect, test, vi } from 'vitest';
import { exampleDistrict } from './example-district.ts';
import { simulatePaths } from './simulate.ts';
import { openPathThreads } from './threads.ts';

const district = exampleDistrict();
const run = { days: 20, paths: 170, stepDays: 1, seed: 5 };
const scenario = {
  name: 'limit',
  levers: [{ kind: 'movement' as const, fromDay: 5, toDay: 25, limit: 0.8, contactShare: 0.6 }],
};
// A rest that is long beside the difference of two threads on a busy machine.
const threads = openPathThreads(2, 2_000);
afterAll(() => threads.close());

test('the same paths as in one thread, value for value, and how far they are', async () => {
  const told: number[] = [];
  const paths = await threads.simulate(district, scenario, run, { progress: (share) => told.push(share) });
  expect(paths).toEqual(simulatePaths(district, scenario, run));
  expect(told).toHaveLength(4);
  expect(told.at(-1)).toBe(1);
});

test('two runs asked for at once are both right', async () => {
  const other = { ...run, seed: 6 };
  const [a, b] = await Promise.all([
    threads.simulate(district, scenario, run),
    threads.simulate(district, scenario, other),
  ]);
  expect(a.daily.reported).toEqual(simulatePaths(district, scenario, run).daily.reported);
  expect(b.daily.reported).toEqual(simulatePaths(district, scenario, other).daily.reported);
});

test('a stopped run throws the reason; the next one is right again', async () => {
  const stop = new AbortController();
  const progress = () => stop.abort(new Error('enough'));
  await expect(threads.simulate(district, scenario, run, { signal: stop.signal, progress })).rejects.toThrow('enough');
  expect(await threads.simulate(district, scenario, run)).toEqual(simulatePaths(district, scenario, run));
});

test('after a rest the threads have ended, and open anew for the next run', async () => {
  await threads.simulate(district, scenario, run);
  expect(threads.open()).toBe(2);
  await vi.waitFor(() => expect(threads.open()).toBe(0), 60_000);
  expect((await threads.simulate(district, scenario, run)).paths).toBe(170);
});
