import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Announcement, FigureAnnouncer } from './announcer.ts';
import { createLog } from './log.ts';

const log = createLog('test', 'silent');
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const collect = (compute: (district: string, areaIds: string[]) => Promise<number[]>) => {
  const said: Announcement<number>[] = [];
  return { said, announcer: new FigureAnnouncer<number>({ compute, publish: (message) => said.push(message), log }) };
};

test('tells the first commit at once and folds the next ones, per district', async () => {
  const { said, announcer } = collect(async (_district, areaIds) => [areaIds.length]);
  announcer.touched('a', ['x'], 1);
  announcer.touched('b', ['q'], 9);
  await vi.advanceTimersByTimeAsync(0);
  for (let sequence = 2; sequence <= 50; sequence++) announcer.touched('a', [`y${sequence % 3}`], sequence);
  await vi.advanceTimersByTimeAsync(249);
  expect(said.map(({ district, throughSequence }) => [district, throughSequence])).toEqual([
    ['a', 1],
    ['b', 9],
  ]);
  await vi.advanceTimersByTimeAsync(2);
  expect(said[2]).toEqual({ district: 'a', throughSequence: 50, areaIds: ['y2', 'y0', 'y1'], figures: [3] });
  await vi.advanceTimersByTimeAsync(5000);
  expect(said).toHaveLength(3);
});

test('says the commit even when the figures cannot be computed', async () => {
  const { said, announcer } = collect(async () => {
    throw new Error('no database');
  });
  announcer.touched('a', ['x'], 7);
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual([{ district: 'a', throughSequence: 7, areaIds: ['x'], figures: [] }]);
});

test('stops without waiting for the pause', async () => {
  const { said, announcer } = collect(async () => []);
  announcer.touched('a', ['x'], 1);
  await vi.advanceTimersByTimeAsync(0);
  announcer.touched('a', ['x'], 2);
  await announcer.stop();
  expect(said).toHaveLength(1);
});
