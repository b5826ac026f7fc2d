import { expect, test } from 'vitest';
import { telephoneNumber } from '../calls/events.ts';
import { inventedCallers, inventedKeys, inventedSymptoms } from './invented-callers.ts';

test('the callers of a day are the same each time, in order, each once, with numbers that nobody has', () => {
  const callers = inventedCallers('q7-dien-tap', '2021-08-24', 24);
  expect(inventedCallers('q7-dien-tap', '2021-08-24', 24)).toEqual(callers);
  expect(new Set(callers.map(({ callId }) => callId)).size).toBe(24);
  expect(callers.map(({ secondOfDay }) => secondOfDay)).toEqual(
    callers.map(({ secondOfDay }) => secondOfDay).toSorted((one, other) => one - other),
  );
  for (const { callerNumber, secondOfDay, ward } of callers) {
    expect(telephoneNumber.safeParse(callerNumber).success).toBe(true);
    expect(callerNumber).toMatch(/^000/);
    expect(secondOfDay).toBeGreaterThanOrEqual(0);
    expect(secondOfDay).toBeLessThan(86_400);
    expect(ward).toBeLessThan(1);
  }
  expect(inventedCallers('q7-dien-tap', '2021-08-25', 24)).not.toEqual(callers);
});

test('over a year most call by day, about symptoms more than about anything else, and few are in danger', () => {
  const callers = Array.from({ length: 200 }, (_, index) => inventedCallers('q7', `day-${index}`, 24)).flat();
  const share = (of: (one: (typeof callers)[number]) => boolean) => callers.filter(of).length / callers.length;
  expect(share(({ secondOfDay }) => secondOfDay < 5 * 3600)).toBeLessThan(0.06);
  expect(share(({ topic }) => topic === 'symptoms')).toBeCloseTo(0.4, 1);
  expect(share(({ callId }) => inventedSymptoms(callId).includes('hard-to-breathe'))).toBeCloseTo(0.05, 1);
  expect(share(({ callId }) => inventedKeys(callId) === '9')).toBeCloseTo(0.03, 1);
});
