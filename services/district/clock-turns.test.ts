import pino from 'pino';
import { expect, test, vi } from 'vitest';
import { changedFigures, followClockTurns, rememberFigures } from './clock-turns.ts';

const figure = (areaId: string, value: number | null) => ({ areaId, formula: 'violations-overdue', value, unit: 'x' });
const minute = 60_000;

test('a figure is told when its value is another than what was announced, a value that is no longer known too', () => {
  const announced = new Map();
  rememberFigures(announced, [figure('W1', 3), figure('W2', 0), figure('W3', 5)]);
  expect(changedFigures(announced, [figure('W1', 3), figure('W2', 1), figure('W3', null), figure('W4', 0)])).toEqual([
    figure('W2', 1),
    figure('W3', null),
    figure('W4', 0),
  ]);
});

test('figures are read when the clock has moved by a minute, and only what differs is announced', async () => {
  let [clockMs, overdue] = [10 * minute, 1];
  let reads = 0;
  const told: [string, unknown][] = [];
  const turns = followClockTurns({
    districts: () => ['q7'],
    clockMs: async () => clockMs,
    figuresOf: async () => {
      reads += 1;
      return [figure('W1', overdue), figure('W2', 7)];
    },
    announce: (district, figures) => told.push([district, figures]),
    log: pino({ level: 'silent' }),
    lookEveryMs: 1,
  });
  await vi.waitFor(() => expect(reads).toBe(1), 90_000);
  expect(told).toEqual([]);
  // A second short of a minute: nothing is read.
  [clockMs, overdue] = [11 * minute - 1, 2];
  await new Promise((done) => setTimeout(done, 50));
  expect([reads, told]).toEqual([1, []]);
  clockMs = 11 * minute;
  await vi.waitFor(() => expect(told).toEqual([['q7', [figure('W1', 2)]]]), 90_000);
  // A commit announced the next value already.
  turns.announced('q7', [figure('W1', 3)]);
  [clockMs, overdue] = [12 * minute, 3];
  await vi.waitFor(() => expect(reads).toBe(3), 90_000);
  await turns.stop();
  expect(told).toHaveLength(1);
});

test('a district whose clock stands nowhere is left alone, one that fails does not stop the others', async () => {
  const read: string[] = [];
  const turns = followClockTurns({
    districts: () => ['new', 'broken', 'q7'],
    clockMs: async (district) => {
      if (district === 'broken') throw new Error('away');
      return district === 'new' ? undefined : 0;
    },
    figuresOf: async (district) => {
      read.push(district);
      return [];
    },
    announce: () => undefined,
    log: pino({ level: 'silent' }),
    lookEveryMs: 1,
  });
  await vi.waitFor(() => expect(read).toContain('q7'), 90_000);
  await turns.stop();
  expect(new Set(read)).toEqual(new Set(['q7']));
});

test('what a commit announced before the first look, and time changed since, is announced', async () => {
  const told: unknown[] = [];
  const looks: (() => void)[] = [];
  const turns = followClockTurns({
    districts: () => ['q7'],
    clockMs: () => new Promise((done) => looks.push(() => done(5 * minute))),
    figuresOf: async () => [figure('W1', 1), figure('W2', 9)],
    announce: (_district, figures) => told.push(figures),
    log: pino({ level: 'silent' }),
    lookEveryMs: 1,
  });
  turns.announced('q7', [figure('W1', 0)]);
  looks[0]!();
  await vi.waitFor(() => expect(told).toEqual([[figure('W1', 1)]]), 90_000);
  const stopping = turns.stop();
  for (const look of looks) look();
  await stopping;
});

test('a clock that was set back by a minute is a turn too', async () => {
  let [clockMs, value] = [10 * minute, 1];
  const told: unknown[] = [];
  const turns = followClockTurns({
    districts: () => ['q7'],
    clockMs: async () => clockMs,
    figuresOf: async () => [figure('W1', value)],
    announce: (_district, figures) => told.push(figures),
    log: pino({ level: 'silent' }),
    lookEveryMs: 1,
  });
  turns.announced('q7', [figure('W1', 0)]);
  await vi.waitFor(() => expect(told).toEqual([[figure('W1', 1)]]), 90_000);
  [clockMs, value] = [9 * minute, 2];
  await vi.waitFor(() => expect(told).toEqual([[figure('W1', 1)], [figure('W1', 2)]]), 90_000);
  await turns.stop();
});
