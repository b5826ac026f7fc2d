import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { feelPulse } from './journal-pulse.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-30T08:00:00Z') }));
afterEach(() => void vi.useRealTimers());

/** A broker whose answers are in the test's hand. */
function scene() {
  const told: (string | undefined)[] = [];
  let answer: (() => Promise<unknown>) | undefined;
  let asked = 0;
  const stop = feelPulse({
    ask: () => {
      asked += 1;
      return answer?.() ?? Promise.resolve();
    },
    now: () => new Date(),
    changed: (since) => told.push(since?.toISOString()),
    everyMs: 2000,
    patienceMs: 3000,
  });
  return {
    told,
    stop,
    asked: () => asked,
    answers: (next: typeof answer) => {
      answer = next;
    },
  };
}

test('a broker that answers is not spoken of', async () => {
  const { told, asked } = scene();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([]);
  expect(asked()).toBe(31);
});

test('one that does not answer is silent since it was last heard, once, and is asked once until it does', async () => {
  const { told, asked, answers } = scene();
  await vi.advanceTimersByTimeAsync(1000);
  let wake = () => {};
  answers(() => new Promise<void>((done) => (wake = done)));
  await vi.advanceTimersByTimeAsync(1000 + 2999);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual(['2026-11-30T08:00:00.000Z']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([told.length, asked()]).toEqual([1, 2]);
  answers(undefined);
  wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['2026-11-30T08:00:00.000Z', undefined]);
});

test('one that refuses is silent at once, and is asked again', async () => {
  const { told, asked, answers } = scene();
  answers(() => Promise.reject(new Error('gone')));
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual(['2026-11-30T08:00:00.000Z']);
  await vi.advanceTimersByTimeAsync(4000);
  expect([told.length, asked()]).toEqual([1, 4]);
  answers(undefined);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told.at(-1)).toBeUndefined();
});

test('nothing is asked or said after the end', async () => {
  const { told, stop, asked, answers } = scene();
  answers(() => Promise.reject(new Error('gone')));
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([told, asked()]).toEqual([[], 1]);
});
