import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gather } from './throttle.ts';

/** Time that only moves when told. */
function handTimers() {
  let now = 0;
  const waiting: { at: number; run: () => void }[] = [];
  const advance = (to: number) => {
    for (;;) {
      const next = waiting.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > to) break;
      waiting.splice(waiting.indexOf(next), 1);
      now = next.at;
      next.run();
    }
    now = to;
  };
  return {
    timers: {
      now: () => now,
      later: (milliseconds: number, run: () => void) => void waiting.push({ at: now + milliseconds, run }),
    },
    advance,
  };
}

test('nothing is lost or reordered, hands are at least the interval apart, and nothing waits longer than it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 60 }), (gaps) => {
      const { timers, advance } = handTimers();
      const hands: { at: number; values: number[] }[] = [];
      const give = gather<number>(100, timers, (values) => hands.push({ at: timers.now(), values }));
      const givenAt: number[] = [];
      for (const gap of gaps) {
        advance(timers.now() + gap);
        givenAt.push(timers.now());
        give(givenAt.length - 1);
      }
      advance(timers.now() + 100);
      expect(hands.flatMap(({ values }) => values)).toEqual(givenAt.map((_, i) => i));
      for (let i = 1; i < hands.length; i += 1) expect(hands[i]!.at - hands[i - 1]!.at).toBeGreaterThanOrEqual(100);
      for (const { at, values } of hands)
        for (const value of values) expect(at - givenAt[value]!).toBeLessThanOrEqual(100);
    }),
  );
});
