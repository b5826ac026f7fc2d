import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Announcement, FigureAnnouncer } from './announcer.ts';
import { createLog } from './log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scene(options: {
  compute?: (district: string, areaIds: string[]) => Promise<number[]>;
  publish?: (message: Announcement<number>) => void;
  intervalMs?: number;
}) {
  const said: Announcement<number>[] = [];
  const warned: unknown[] = [];
  const log = createLog('test', 'silent');
  vi.spyOn(log, 'warn').mockImplementation((...words: unknown[]) => void warned.push(words));
  const announcer = new FigureAnnouncer<number>({
    compute: async () => [],
    publish: (message) => void said.push(message),
    log,
    ...options,
  });
  return { said, warned, announcer };
}
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test('what is folded holds every area once and the highest sequence, in whatever order they came', async () => {
  const { said, announcer } = scene({ compute: async (district, areaIds) => [district.length, areaIds.length] });
  announcer.touched('q7', ['a'], 5);
  await pass(0);
  announcer.touched('q7', ['b', 'c'], 9);
  announcer.touched('q7', ['c'], 7);
  await pass(250);
  expect(said).toEqual([
    { district: 'q7', throughSequence: 5, areaIds: ['a'], figures: [2, 1] },
    { district: 'q7', throughSequence: 9, areaIds: ['b', 'c'], figures: [2, 2] },
  ]);
});

describe('the rest between two announcements of a district', () => {
  test('is 250 ms where nothing else is said', async () => {
    const { said, announcer } = scene({});
    announcer.touched('q7', ['a'], 1);
    await pass(0);
    announcer.touched('q7', ['a'], 2);
    await pass(249);
    expect(said).toHaveLength(1);
    await pass(1);
    expect(said).toHaveLength(2);
  });

  test('is what was said', async () => {
    const { said, announcer } = scene({ intervalMs: 40 });
    announcer.touched('q7', ['a'], 1);
    await pass(0);
    announcer.touched('q7', ['a'], 2);
    await pass(39);
    expect(said).toHaveLength(1);
    await pass(1);
    expect(said).toHaveLength(2);
  });

  test('is as long as the work where that took longer', async () => {
    const { said, announcer } = scene({
      compute: () => new Promise((done) => setTimeout(() => done([1]), 600)),
    });
    announcer.touched('q7', ['a'], 1);
    await pass(600);
    expect(said).toHaveLength(1);
    announcer.touched('q7', ['a'], 2);
    await pass(600 + 599);
    expect(said).toHaveLength(1);
    await pass(1);
    expect(said).toHaveLength(2);
  });

  test('is over at once when nothing waited: the next commit is told without delay', async () => {
    const { said, announcer } = scene({});
    announcer.touched('q7', ['a'], 1);
    await pass(10_000);
    announcer.touched('q7', ['a'], 2);
    await pass(0);
    expect(said.map(({ throughSequence }) => throughSequence)).toEqual([1, 2]);
  });
});

test('figures that cannot be computed, and a bus that cannot be reached, are logged, and the next commit is told all the same', async () => {
  const failure = new Error('no database');
  const { said, warned, announcer } = scene({
    compute: async () => {
      throw failure;
    },
  });
  announcer.touched('q7', ['a'], 1);
  await pass(250);
  expect(warned).toEqual([[{ reason: 'no database', district: 'q7' }, 'figures not computed']]);
  announcer.touched('q7', ['a'], 2);
  await pass(0);
  expect(said.map(({ throughSequence }) => throughSequence)).toEqual([1, 2]);

  const mute = scene({
    publish: () => {
      throw failure;
    },
  });
  mute.announcer.touched('q7', ['a'], 1);
  await pass(250);
  expect(mute.warned).toEqual([[{ err: failure, district: 'q7' }, 'not announced']]);
});

describe('stop', () => {
  test('waits for what is being computed, drops what is folded, and hears no more', async () => {
    const { said, announcer } = scene({
      compute: () => new Promise((done) => setTimeout(() => done([1]), 600)),
    });
    announcer.touched('q7', ['a'], 1);
    announcer.touched('q7', ['b'], 2);
    await pass(0);
    let stopped = false;
    const stopping = announcer.stop().then(() => {
      stopped = true;
    });
    await pass(599);
    expect(stopped).toBe(false);
    await pass(1);
    await stopping;
    expect(said).toEqual([{ district: 'q7', throughSequence: 1, areaIds: ['a'], figures: [1] }]);
    announcer.touched('q7', ['c'], 3);
    await pass(10_000);
    expect(said).toHaveLength(1);
  });
});
