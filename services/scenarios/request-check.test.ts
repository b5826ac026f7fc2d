import { describe, expect, test } from 'vitest';
import type { ScenarioLever, ScenarioRequest } from '#contracts/scenarios.ts';
import { checkPlan, checkRequest } from './request-check.ts';

const scope = {
  startDate: '2021-08-10',
  areas: [
    { areaId: 'A', people: 10_000 },
    { areaId: 'B', people: 30_000 },
  ],
};
const period = { fromDate: '2021-08-10', toDate: '2021-08-20' };
const request = (lever: ScenarioLever, change: Partial<ScenarioRequest> = {}): ScenarioRequest => ({
  district: 'q7',
  days: 30,
  paths: 1000,
  seed: 1,
  scenarios: [{ name: 'a', levers: [lever] }],
  ...change,
});
const at = 'json.scenarios.0.levers.0';

test('what fits is not told', () => {
  const lever: ScenarioLever = {
    kind: 'vaccination',
    ...period,
    toDate: '2021-09-08',
    areaIds: ['A'],
    firstDosesPerDay: 10_000,
    secondDosesPerDay: 0,
  };
  expect(checkRequest(request(lever), scope)).toEqual([]);
});

describe('what does not fit: field, value and bound', () => {
  test.each<[string, ScenarioLever, { field: string; value: unknown; reason: RegExp }]>([
    [
      'before day 0',
      { kind: '5K', ...period, fromDate: '2021-08-09', adherence: 1 },
      { field: `${at}.fromDate`, value: '2021-08-09', reason: /2021-08-10/ },
    ],
    [
      'beyond the last day',
      { kind: '5K', ...period, toDate: '2021-09-09', adherence: 1 },
      { field: `${at}.toDate`, value: '2021-09-09', reason: /2021-09-08/ },
    ],
    [
      'the end before the beginning',
      { kind: 'movement', fromDate: '2021-08-12', toDate: '2021-08-11', limit: 1 },
      { field: `${at}.toDate`, value: '2021-08-11', reason: /2021-08-12/ },
    ],
    [
      'an unknown area',
      { kind: 'business', ...period, areaIds: ['A', 'X'], openShare: 0 },
      { field: `${at}.areaIds.1`, value: 'X', reason: /one of A, B/ },
    ],
    [
      'an area twice',
      { kind: 'business', ...period, areaIds: ['A', 'A'], openShare: 0 },
      { field: `${at}.areaIds.1`, value: 'A', reason: /once/ },
    ],
    [
      'more doses than people',
      { kind: 'vaccination', ...period, areaIds: ['A'], firstDosesPerDay: 10_001, secondDosesPerDay: 0 },
      { field: `${at}.firstDosesPerDay`, value: 10_001, reason: /at most 10000/ },
    ],
    [
      'more second doses than people',
      { kind: 'vaccination', ...period, firstDosesPerDay: 0, secondDosesPerDay: 40_001 },
      { field: `${at}.secondDosesPerDay`, value: 40_001, reason: /at most 40000/ },
    ],
    [
      'more traced than people',
      { kind: 'tracing', ...period, tracedPerDay: 50_000, isolationPlaces: 0 },
      { field: `${at}.tracedPerDay`, value: 50_000, reason: /at most 40000/ },
    ],
    [
      'more places than people',
      { kind: 'tracing', ...period, tracedPerDay: 0, isolationPlaces: 50_000 },
      { field: `${at}.isolationPlaces`, value: 50_000, reason: /at most 40000/ },
    ],
    [
      'more beds than any country',
      { kind: 'treatment', ...period, beds: 801, intensiveCare: 0 },
      { field: `${at}.beds`, value: 801, reason: /at most 800/ },
    ],
    [
      'more intensive care',
      { kind: 'treatment', ...period, beds: 0, intensiveCare: 81 },
      { field: `${at}.intensiveCare`, value: 81, reason: /at most 80/ },
    ],
  ])('%s', (_, lever, expected) => {
    const errors = checkRequest(request(lever), scope);
    expect(errors).toMatchObject([{ ...expected, reason: expect.stringMatching(expected.reason) }]);
    const [{ words, reason } = { words: undefined, reason: undefined }] = errors;
    expect([words!.en === reason, words!.vi === reason]).toEqual([true, false]);
  });

  test('two scenarios of one name, and more work than memory', () => {
    const scenarios = [
      { name: 'a', levers: [] },
      { name: 'a', levers: [] },
    ];
    const fields = checkRequest(
      request({ kind: '5K', ...period, adherence: 0 }, { scenarios, paths: 5000, days: 180 }),
      scope,
    );
    expect(fields.map(({ field }) => field)).toEqual(['json.paths', 'json.scenarios.1.name']);
  });

  test('a plan’s limits beyond the people', () => {
    const target = { ratePer100k: 150, withinDays: 14, probability: 0.2, mostPeopleRestricted: 40_001 };
    const errors = checkPlan({ district: 'q7', seed: 1, target, limits: { dosesPerDay: 1e6 } }, scope);
    expect(errors.map(({ field, reason }) => [field, reason.slice(0, 13)])).toEqual([
      ['json.limits.dosesPerDay', 'at most 40000'],
      ['json.target.mostPeopleRestricted', 'at most 40000'],
    ]);
  });
});
