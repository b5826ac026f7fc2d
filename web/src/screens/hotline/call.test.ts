import { expect, test } from 'vitest';
import { rangFor, ringing, secondsLeft, type Telephone } from './call.ts';

const rangAt = '2021-10-01T00:00:00.000Z';
const telephone = (change: Partial<Telephone> = {}): Telephone => ({
  ...{ attempt: 1, role: 'hospital', targetId: 'h', name: 'H', ringSeconds: 60, rangAt },
  ...{ endedAt: null, outcome: null, carrierSays: null, by: null, onCall: null },
  ...change,
});

test('the seconds until the next telephone: never below none, never more than it rings', () => {
  const at = (ms: number) => secondsLeft(telephone(), Date.parse(rangAt) + ms);
  expect([at(-5000), at(0), at(1), at(59_000), at(59_001), at(60_000), at(600_000)]).toEqual([60, 60, 60, 1, 1, 0, 0]);
});

test('which rings, and how long one rang', () => {
  const over = telephone({ outcome: 'busy', endedAt: '2021-10-01T00:00:05.400Z' });
  expect(ringing({ status: 'ringing', attempts: [over, telephone({ attempt: 2 })] })?.attempt).toBe(2);
  expect(ringing({ status: 'ended', attempts: [telephone()] })).toBeUndefined();
  expect([rangFor(over), rangFor(telephone())]).toEqual([5, undefined]);
});
