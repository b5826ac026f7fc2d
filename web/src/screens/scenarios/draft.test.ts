import type { ScenarioLever } from '@vungxanh/services/contracts/scenarios.ts';
import { scenarioRequest } from '@vungxanh/services/contracts/scenarios.ts';
import { expect, test } from 'vitest';
import {
  clipped,
  emptyComposition,
  requestOf,
  signatureOf,
  withChange,
  withCopy,
  withDraft,
  without,
} from './draft.ts';

const lever: ScenarioLever = { kind: '5K', fromDate: '2021-08-25', toDate: '2021-09-10', adherence: 0.6 };
const model = { asOf: '2021-08-24T09:00:00.000Z', startDate: '2021-08-25' };

test('three scenarios fit side by side; a fourth is not taken', () => {
  let composition = emptyComposition();
  for (let i = 0; i < 4; i++) composition = withDraft(composition, 'A', [lever]);
  expect(composition.drafts.map(({ key }) => key)).toEqual(['s1', 's2', 's3']);
  expect(composition.drafts.map(({ name }) => name)).toEqual(['A', 'A (2)', 'A (3)']);
});

test('a copy is a scenario of its own', () => {
  const one = withDraft(emptyComposition(), 'A', [lever]);
  const two = withCopy(one, 's1');
  const changed = withChange(two, 's2', (draft) => ({
    ...draft,
    levers: draft.levers.map((own) => ({ ...own, toDate: '2021-09-30' })),
  }));
  expect(changed.drafts.map(({ levers }) => levers[0]!.toDate)).toEqual(['2021-09-10', '2021-09-30']);
  expect(without(changed, 's1').drafts.map(({ key }) => key)).toEqual(['s2']);
  expect(withDraft(without(changed, 's1'), 'B', []).drafts.map(({ key }) => key)).toEqual(['s2', 's1']);
});

test('scenarios that do the same have the same signature', () => {
  const inAreas = (...areaIds: string[]): ScenarioLever => ({ ...lever, areaIds });
  expect(signatureOf([inAreas('a', 'b')])).toBe(signatureOf([{ areaIds: ['b', 'a'], ...lever }]));
  expect(signatureOf([lever])).toBe(signatureOf(JSON.parse(JSON.stringify([{ ...lever, areaIds: undefined }]))));
  expect(signatureOf([inAreas('a')])).not.toBe(signatureOf([lever]));
  expect(signatureOf([{ ...lever, adherence: 0.7 } as ScenarioLever])).not.toBe(signatureOf([lever]));
});

test('the request is one that the contract takes, on the data of the model on the screen', () => {
  const composition = withDraft(emptyComposition(), '  5K ', [lever]);
  const request = requestOf(composition, 'q7', model);
  expect(scenarioRequest.parse(request)).toEqual(request);
  expect(request).toMatchObject({
    asOf: model.asOf,
    days: 60,
    paths: 1000,
    scenarios: [{ name: '5K', levers: [lever] }],
  });
});

test('levers are cut to the days that are computed; what lies wholly outside stays as it was, to be refused by name', () => {
  const periods = (...pairs: [string, string][]) =>
    clipped(
      pairs.map(([fromDate, toDate]) => ({ ...lever, fromDate, toDate })),
      '2021-08-25',
      30,
    ).map(({ fromDate, toDate }) => [fromDate, toDate]);
  const inside: [string, string] = ['2021-08-25', '2021-09-23'];
  const outside: [string, string][] = [
    ['2021-08-01', '2021-08-24'],
    ['2021-09-24', '2021-10-01'],
    ['2021-09-10', '2021-09-01'],
  ];
  expect(periods(['2021-08-01', '2021-12-31'], inside, ...outside)).toEqual([inside, inside, ...outside]);
});
