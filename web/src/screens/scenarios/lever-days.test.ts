import { exampleDistrict } from '@vungxanh/ml/scenario';
import type { ScenarioLever } from '@vungxanh/services/contracts/scenarios.ts';
import { expect, test } from 'vitest';
import { bedsByDay, leverOfModel, limitedAreas, type RunnableModel } from './lever-days.ts';

const district = exampleDistrict();
const model = {
  startDate: '2021-08-25',
  leverAssumptions: { effect5K: 0.35, yieldShare: 0.1, movementContactShare: 0.5, businessContactShare: 0.2 },
  areas: district.wards.map((_, w) => ({ areaId: `q7-${w}`, people: 1000, businesses: 10 })),
  model: district as unknown as Record<string, unknown>,
} as RunnableModel;
const period = { fromDate: '2021-08-27', toDate: '2021-09-05' };

test('the first and the last day are both meant; day 0 is the first day of the model', () => {
  const lever = leverOfModel({ kind: '5K', ...period, adherence: 0.6 }, model, 60);
  expect(lever).toEqual({ kind: '5K', fromDay: 2, toDay: 11, adherence: 0.6, effect: 0.35 });
});

test('what lies outside the computed days is cut off, and nothing is left of what lies wholly outside', () => {
  const of = (fromDate: string, toDate: string) =>
    leverOfModel({ kind: 'business', fromDate, toDate, openShare: 0.5 }, model, 30);
  expect(of('2021-08-01', '2022-01-01')).toMatchObject({ fromDay: 0, toDay: 29 });
  expect(of('2021-07-01', '2021-08-24')).toBeUndefined();
  expect(of('2021-09-24', '2021-10-10')).toBeUndefined();
  expect(of('2021-09-10', '2021-09-01')).toBeUndefined();
});

test('areas of the map become wards of the model by their order', () => {
  const lever: ScenarioLever = { kind: 'movement', ...period, limit: 0.8, areaIds: ['q7-3', 'q7-1', 'unknown'] };
  expect(leverOfModel(lever, model, 60)).toMatchObject({
    wards: [district.wards[1]!.id, district.wards[3]!.id],
    contactShare: 0.5,
  });
  expect(leverOfModel({ ...lever, areaIds: ['unknown'] }, model, 60)).toBeUndefined();
  expect(limitedAreas([lever, { kind: '5K', ...period, adherence: 1 }], model)).toEqual(['q7-1', 'q7-3']);
  expect(limitedAreas([{ kind: 'business', ...period, openShare: 1 }], model)).toEqual([]);
});

test('beds of a lever are there on its days only, on top of the district’s', () => {
  const lever: ScenarioLever = { kind: 'treatment', ...period, beds: 50, intensiveCare: 5 };
  const { hospital, intensiveCare } = bedsByDay([lever], model, 20);
  const { beds, intensiveCare: care } = district.capacity;
  expect(hospital.map((value) => value - beds)).toEqual([
    0,
    0,
    ...Array<number>(10).fill(50),
    ...Array<number>(8).fill(0),
  ]);
  expect(intensiveCare.filter((value) => value === care + 5)).toHaveLength(10);
});
