import type { IndicatorValue } from '@vungxanh/services/contracts/http/economy.ts';
import { expect, test } from 'vitest';
import { withChanges } from './periods.ts';

const value = (indicatorId: string, month: number, amount: number): IndicatorValue => ({
  series: 'revenue',
  indicatorId,
  areaId: 'q7',
  periodStart: `2021-0${month}-01`,
  periodEnd: `2021-0${month}-28`,
  value: amount,
  unit: 'VND',
  name: null,
  source: 's',
  knownAt: '2021-09-01T00:00:00Z',
  revision: 1,
  previousValue: null,
});
test('each period beside the one before it of the same series, the newest first', () => {
  expect(
    withChanges([value('a', 6, 400), value('a', 7, 200), value('b', 7, 9), value('b', 6, 0)]).map(
      ({ indicatorId, periodEnd, change }) => [indicatorId, periodEnd, change],
    ),
  ).toEqual([
    ['b', '2021-07-28', undefined],
    ['a', '2021-07-28', -0.5],
    ['b', '2021-06-28', undefined],
    ['a', '2021-06-28', undefined],
  ]);
});
