import { expect, test } from 'vitest';
import type { District, Lever } from './district.ts';
import { exampleDistrict } from './example-district.ts';
import { simulateMean } from './simulate.ts';

const days = 80;
const vaccination = (change: Partial<Extract<Lever, { kind: 'vaccination' }>>): Lever => ({
  kind: 'vaccination',
  fromDay: 0,
  toDay: days - 1,
  firstDosesPerDay: 0,
  secondDosesPerDay: 0,
  ...change,
});
const run = (levers: Lever[], district: District = exampleDistrict()) => {
  const { paths } = simulateMean(district, { name: '', levers }, { days, stepDays: 1 });
  return { infections: Array.from(paths.daily.infections), doses: paths.doses[0]! };
};
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const firsts = { firstDosesPerDay: 500 };

test('a dose protects after its delay, not on the day of the jab; it is counted on that day', () => {
  const nothing = run([]);
  const atOnce = run([vaccination(firsts)]);
  const delayed = run([vaccination({ ...firsts, protectionDelayDays: 14 })]);
  expect(delayed.infections.slice(0, 14)).toEqual(nothing.infections.slice(0, 14));
  expect(delayed.infections[20]!).toBeLessThan(nothing.infections[20]!);
  expect(sum(delayed.infections)).toBeGreaterThan(sum(atOnce.infections));
  expect(delayed.doses).toBeCloseTo(500 * days, 6);
});

test('what was given later by hand is what a delay does', () => {
  const delayed = run([vaccination({ ...firsts, protectionDelayDays: 14 })]);
  const byHand = run([vaccination({ ...firsts, fromDay: 14 })]);
  delayed.infections.forEach((value, day) => {
    expect(Math.abs(value / byHand.infections[day]! - 1)).toBeLessThan(1e-6);
  });
});

test('a second dose waits for its interval: none before somebody is due, and never more than firsts', () => {
  const both = { firstDosesPerDay: 300, secondDosesPerDay: 300 };
  const none: District = {
    ...exampleDistrict(),
    start: { ...exampleDistrict().start, oneDose: undefined, twoDoses: undefined } as District['start'],
  };
  const waits = run([vaccination({ ...both, protectionDelayDays: 14, doseIntervalDays: 42 })], none);
  expect(waits.doses).toBeCloseTo(300 * days + 300 * (days - 42), 6);
  const hurried = run([vaccination({ ...both, protectionDelayDays: 14, doseIntervalDays: 0 })], none);
  expect(hurried.doses).toBeCloseTo(600 * days, 6);
  const never = run([vaccination({ secondDosesPerDay: 300, protectionDelayDays: 14, doseIntervalDays: 42 })], none);
  expect(never.doses).toBe(0);
});

test('tracing finds no more than the contacts of the cases hold', () => {
  const traced = (contactsPerCase?: number): Lever => ({
    kind: 'tracing',
    fromDay: 0,
    toDay: days - 1,
    tracedPerDay: 1e6,
    yieldShare: 0.12,
    isolationPlaces: 1e6,
    ...(contactsPerCase === undefined ? {} : { contactsPerCase }),
  });
  const [few, many, unbounded] = [traced(1), traced(20), traced()].map((lever) => sum(run([lever]).infections));
  expect(few!).toBeGreaterThan(many!);
  expect(many!).toBeGreaterThan(unbounded! * 0.999);
  expect(sum(run([traced(0)]).infections)).toBeCloseTo(
    sum(run([{ ...traced(), tracedPerDay: 0 } as Lever]).infections),
    6,
  );
});

test('tracing without a bound on contacts goes on when no case was reported the day before', () => {
  const district = exampleDistrict();
  const unreported = { ...district, disease: { ...district.disease, reportedShare: 0 } };
  const lever: Lever = {
    kind: 'tracing',
    fromDay: 0,
    toDay: days - 1,
    tracedPerDay: 300,
    yieldShare: 0.12,
    isolationPlaces: 1e6,
  };
  const found = run([lever], unreported).infections;
  // What is no number would be written as nobody infected.
  expect(Math.min(...found.slice(0, 10))).toBeGreaterThan(50);
  expect(sum(found)).toBeLessThan(sum(run([], unreported).infections));
});
