import { expect, test } from 'vitest';
import { doseIntervalDays, dosePolicies, vaccines } from './dose-policy.ts';

test.each([
  [undefined, '2021-08-01', 56],
  ['AstraZeneca', '2021-09-23', 56],
  ['AstraZeneca', '2021-09-24', 42],
  ['Pfizer', '2021-08-01', 21],
  ['Moderna', '2022-01-01', 28],
  ['Vero Cell', '2021-08-01', 21],
])('%s on %s: %d days', (vaccine, date, days) => {
  expect(doseIntervalDays(vaccine, date)).toBe(days);
});

test('every vaccine has one policy on every day, with its source; another is named', () => {
  for (const vaccine of vaccines)
    for (const date of ['2020-01-01', '2021-09-23', '2021-09-24', '2030-01-01'])
      expect(
        dosePolicies.filter(
          (one) => one.vaccine === vaccine && (one.from ?? '') <= date && date <= (one.until ?? '9999'),
        ),
      ).toHaveLength(1);
  expect(dosePolicies.every(({ source }) => source.length > 10)).toBe(true);
  expect(() => doseIntervalDays('Sputnik', '2021-08-01')).toThrow('vaccine must be one of');
});
