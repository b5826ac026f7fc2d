import { exampleDistrict, type Lever, simulatePaths, summarise } from '@vungxanh/ml/scenario';
import { expect, test } from 'vitest';
import { scenarioWords } from './scenarios.words.ts';
import { verdict } from './verdict.ts';

const district = exampleDistrict();
const outcomeOf = (levers: Lever[]) => {
  const scenario = { name: 'a', levers };
  const paths = simulatePaths(district, scenario, { days: 30, paths: 40, stepDays: 1, seed: 1 });
  return { ...summarise(district, scenario, paths), areaIds: [], wards: undefined };
};
const nothing = outcomeOf([]);

test('a measure is said with its bands beside those of doing nothing, and with what it takes', () => {
  const limited = outcomeOf([
    { kind: 'movement', fromDay: 0, toDay: 13, limit: 0.5, contactShare: 0.5, wards: ['Phú Mỹ'] },
  ]);
  const said = verdict(limited, nothing, scenarioWords.vi, 'vi');
  // 38,950 people live there. Every number of cases and deaths is a range: a single one never
  expect(said).toMatch(/^[\d.]+ – [\d.]+ ca được báo \(không làm gì: [\d.]+ – [\d.]+\); [\d.]+ – [\d.]+ tử vong/);
  expect(said).toContain('39.000 người bị hạn chế, 0 cơ sở đóng cửa, 14 ngày có hạn chế');
});

test('what limits nobody says so', () => {
  const tracing = outcomeOf([
    { kind: 'tracing', fromDay: 0, toDay: 29, tracedPerDay: 300, yieldShare: 0.2, isolationPlaces: 0 },
  ]);
  expect(verdict(tracing, nothing, scenarioWords.en, 'en')).toContain('no limits of movement or business; cost');
});
