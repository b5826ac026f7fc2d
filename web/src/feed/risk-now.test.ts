import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import { describe, expect, test } from 'vitest';
import { colourings, highBand, isBehind, type RiskScored, riskNow, riskValue } from './issued-risk.ts';

const loaded: RiskScored = {
  areaId: 'W1',
  name: 'Phường 1',
  dataThroughDate: '2021-08-20',
  cuts: [20, 50, 150],
  modelId: 'm',
  score: 40,
  presentBand: 2,
  riseIn2Weeks: 0.3,
  fallIn2Weeks: 0.1,
  horizons: [
    { weeks: 1, targetDate: '2021-08-27', bands: [0.1, 0.2, 0.3, 0.4], rise: 0.4, fall: 0.1 },
    { weeks: 2, targetDate: '2021-09-03', bands: [0.1, 0.5, 0.3, 0.1], rise: 0.3, fall: 0.1 },
    { weeks: 3, targetDate: '2021-09-10', bands: [0, 0, 0, 1], rise: 1, fall: 0 },
  ],
  drivers: [{ driver: 'level', points: 3, vi: 'x', en: 'y' }],
  knownAt: '2021-08-20T10:00:00.000Z',
};
const told = (values: LiveItem['values'], change: Partial<LiveItem> = {}): LiveItem => ({
  id: 'e',
  sequence: 9,
  type: 'risk-scored',
  layer: 'risk',
  entity: 'W1',
  areaId: 'W1',
  time: '2021-08-21T00:00:00Z',
  recordedTime: '2021-08-21T00:00:00Z',
  values,
  ...change,
});

test('what a map can be coloured by, and what is high', () => {
  expect(colourings).toEqual(['cases', 'score', 'rise', 'high', 'level']);
  expect(highBand).toBe(3);
});

describe('the value of a measure', () => {
  test('high is of one week or two, whichever is likelier, and of no week beyond', () => {
    expect(riskValue(loaded, 'high')).toBeCloseTo(0.7, 12);
    expect(riskValue({ ...loaded, horizons: loaded.horizons!.slice(1) }, 'high')).toBeCloseTo(0.4, 12);
    expect(riskValue({ ...loaded, horizons: loaded.horizons!.slice(2) }, 'high')).toBeNull();
    expect(riskValue({ ...loaded, horizons: [] }, 'high')).toBeNull();
    expect(riskValue({ ...loaded, horizons: undefined }, 'high')).toBeNull();
  });

  test('nothing said is nothing, and zero is zero', () => {
    expect(riskValue({ ...loaded, score: undefined, riseIn2Weeks: undefined }, 'score')).toBeNull();
    expect(riskValue({ ...loaded, score: undefined, riseIn2Weeks: undefined }, 'rise')).toBeNull();
    expect(riskValue({ ...loaded, score: 0, riseIn2Weeks: 0 }, 'score')).toBe(0);
    expect(riskValue({ ...loaded, score: 0, riseIn2Weeks: 0 }, 'rise')).toBe(0);
  });
});

describe('is the loaded row behind', () => {
  test('nothing told: no. Nothing loaded: yes', () => {
    expect(isBehind(loaded, undefined, 0)).toBe(false);
    expect(isBehind(undefined, undefined, 0)).toBe(false);
    expect(isBehind(undefined, told({}), 99)).toBe(true);
  });

  test('by the journal: told after the rows were asked for', () => {
    const early = told({}, { recordedTime: '2021-08-01T00:00:00Z' });
    expect([isBehind(loaded, early, 8), isBehind(loaded, early, 9)]).toEqual([true, false]);
  });

  test('by the clock: known after the row; at the same moment it is the row’s own', () => {
    const at = (recordedTime: string) => isBehind(loaded, told({}, { recordedTime }), 9);
    expect([at('2021-08-20T10:00:00.000Z'), at('2021-08-20T10:00:00.001Z')]).toEqual([false, true]);
    expect(at('2021-08-20T17:00:00+07:00')).toBe(false);
    for (const knownAt of [null, undefined]) expect(isBehind({ ...loaded, knownAt }, told({}), 9)).toBe(false);
  });
});

describe('the risk as it stands', () => {
  test('numbers that were told, with the bands and reasons that were loaded', () => {
    const news = told({ score: 71, presentBand: 3, riseIn2Weeks: 0.6, fallIn2Weeks: 0, dataThroughDate: '2021-08-21' });
    expect(riskNow(loaded, news, 9)).toEqual({
      ...loaded,
      score: 71,
      presentBand: 3,
      riseIn2Weeks: 0.6,
      fallIn2Weeks: 0,
      dataThroughDate: '2021-08-21',
      knownAt: '2021-08-21T00:00:00Z',
    });
  });

  test('what is told without a number is not known any more', () => {
    const risk = riskNow(loaded, told({ score: 5, presentBand: null, riseIn2Weeks: 'x' }), 9)!;
    expect(risk).toMatchObject({ score: 5, dataThroughDate: '2021-08-20' });
    expect([risk.presentBand, risk.riseIn2Weeks, risk.fallIn2Weeks]).toEqual([undefined, undefined, undefined]);
  });

  test('of an area that was not loaded', () => {
    expect(riskNow(undefined, told({ score: 5 }, { areaId: undefined, entity: 'W2' }), 9)).toEqual({
      cuts: [],
      modelId: '',
      areaId: 'W2',
      dataThroughDate: '',
      knownAt: '2021-08-21T00:00:00Z',
      score: 5,
    });
    expect(riskNow(undefined, undefined, 9)).toBeUndefined();
    expect(riskNow(loaded, undefined, 0)).toBe(loaded);
  });

  test('withheld: nothing of what was loaded stands but what it is of', () => {
    const common = {
      cuts: [20, 50, 150],
      modelId: 'm',
      areaId: 'W1',
      dataThroughDate: '2021-08-20',
      knownAt: '2021-08-21T00:00:00Z',
    };
    expect(riskNow(loaded, told({}), 9)).toEqual({ ...common, abstention: { reason: 'not-told', detail: '' } });
    const stale = { reason: 'stale', detail: 'd' };
    expect(riskNow({ ...loaded, abstention: stale }, told({}), 9)).toEqual({ ...common, abstention: stale });
    // A score ends it; bands and reasons of before are not brought back.
    expect(riskNow({ ...loaded, abstention: stale }, told({ score: 5 }), 9)).toEqual({ ...common, score: 5 });
  });
});
