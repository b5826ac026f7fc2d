import { expect, test } from 'vitest';
import { gather } from './throttle.ts';

test('at once after a quiet time; what comes meanwhile together, when the interval is over, and not a millisecond later', () => {
  let now = 1000;
  const timers: { at: number; run: () => void }[] = [];
  const handed: { at: number; values: string[] }[] = [];
  const give = gather<string>(
    100,
    { now: () => now, later: (milliseconds, run) => void timers.push({ at: now + milliseconds, run }) },
    (values) => void handed.push({ at: now, values }),
  );
  const at = (moment: number, value: string) => {
    now = moment;
    give(value);
  };
  const runTimer = () => {
    const timer = timers.shift()!;
    now = timer.at;
    timer.run();
  };
  at(1000, 'a');
  at(1030, 'b');
  at(1099, 'c');
  expect(timers.map((timer) => timer.at)).toEqual([1100]);
  runTimer();
  // One interval after the hand before it: at once. One millisecond less: it waits that millisecond.
  at(1200, 'd');
  at(1299, 'e');
  expect(timers.map((timer) => timer.at)).toEqual([1300]);
  runTimer();
  expect(handed).toEqual([
    { at: 1000, values: ['a'] },
    { at: 1100, values: ['b', 'c'] },
    { at: 1200, values: ['d'] },
    { at: 1300, values: ['e'] },
  ]);
});
