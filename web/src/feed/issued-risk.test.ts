import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import { expect, test } from 'vitest';
import { isBehind, type RiskScored, riskNow, riskValue } from './issued-risk.ts';

const said: RiskScored = {
  areaId: 'a',
  dataThroughDate: '2021-08-20',
  cuts: [20, 50, 150],
  modelId: 'm',
  score: 40,
  presentBand: 2,
  riseIn2Weeks: 0.3,
  fallIn2Weeks: 0.1,
  horizons: [
    { weeks: 1, targetDate: '2021-08-27', bands: [0.1, 0.5, 0.3, 0.1], rise: 0.4, fall: 0.1 },
    { weeks: 2, targetDate: '2021-09-03', bands: [0.1, 0.6, 0.2, 0.1], rise: 0.3, fall: 0.1 },
    { weeks: 3, targetDate: '2021-09-10', bands: [0, 0, 0, 1], rise: 1, fall: 0 },
  ],
  drivers: [{ driver: 'level', points: 3, vi: 'x', en: 'y' }],
  knownAt: '2021-08-20T10:00:00.000Z',
};
const item = (recordedTime: string, values: LiveItem['values']): LiveItem => ({
  id: recordedTime,
  sequence: 9,
  type: 'risk-scored',
  layer: 'risk',
  entity: 'a',
  areaId: 'a',
  time: recordedTime,
  recordedTime,
  values,
});

test('high is of the first two weeks, from the third band on', () => {
  expect(riskValue(said, 'high')).toBeCloseTo(0.4, 10);
  expect(riskValue(said, 'score')).toBe(40);
  expect(riskValue(said, 'rise')).toBe(0.3);
});

test('a risk that is withheld, or was never said, is not zero', () => {
  const withheld = { ...said, abstention: { reason: 'stale', detail: '' } };
  for (const measure of ['score', 'rise', 'high'] as const)
    expect([riskValue(withheld, measure), riskValue(undefined, measure)]).toEqual([null, null]);
});

test('what the stream told later wins; what it told before the rows were read does not', () => {
  const later = item('2021-08-20T11:00:00Z', { score: 71, presentBand: 3, riseIn2Weeks: 0.6, fallIn2Weeks: 0 });
  expect(riskNow(said, later, 9)).toMatchObject({
    score: 71,
    presentBand: 3,
    riseIn2Weeks: 0.6,
    drivers: said.drivers,
  });
  expect(isBehind(said, later, 9)).toBe(true);
  const earlier = item('2021-08-20T10:00:00.000Z', { score: 1 });
  expect(riskNow(said, earlier, 9)).toBe(said);
  // A clock that was set back tells nothing; the journal's order does.
  expect(riskNow(said, earlier, 8)).toMatchObject({ score: 1 });
  expect(riskNow(undefined, later, 9)).toMatchObject({ areaId: 'a', score: 71 });
});

test('an item without a score withholds the risk; one with a score ends that', () => {
  const silent = riskNow(said, item('2021-08-20T11:00:00Z', { dataThroughDate: '2021-08-20' }), 9);
  expect(silent?.abstention?.reason).toBe('not-told');
  expect(silent?.score).toBeUndefined();
  const withheld = { ...said, abstention: { reason: 'stale', detail: '' } };
  const again = riskNow(withheld, item('2021-08-20T11:00:00Z', { score: 5 }), 9);
  expect(again?.abstention).toBeUndefined();
  expect(again?.score).toBe(5);
});
