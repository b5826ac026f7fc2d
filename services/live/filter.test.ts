import { describe, expect, test } from 'vitest';
import { allFeeds } from '#contracts/feeds.ts';
import type { LiveFigure, LiveItem } from '#contracts/live.ts';
import { Problem } from '#platform/problem.ts';
import { filterFigures, filterItems, parseFilter, permittedFilter } from './filter.ts';
import { liveTypes, toLiveItem } from './items.ts';

const item = (layer: LiveItem['layer'], areaId?: string): LiveItem => ({
  id: `${layer} ${areaId}`,
  sequence: 1,
  type: 't',
  layer,
  entity: 'e',
  ...(areaId ? { areaId } : {}),
  time: '',
  recordedTime: '',
  values: {},
});
const problemOf = (query: Parameters<typeof parseFilter>[0]) => {
  try {
    parseFilter(query);
  } catch (error) {
    if (error instanceof Problem) return error.toJSON();
    throw error;
  }
  return undefined;
};

describe('parseFilter', () => {
  test('every layer that the stream tells may be asked for, clusters too', () => {
    const layers = allFeeds().map(({ name }) => name);
    expect(layers).toContain('clusters');
    expect([...parseFilter({ layers: layers.join(',') }).layers!].sort()).toEqual(layers.toSorted());
  });

  test('left out or empty: everything', () => {
    for (const query of [{}, { layers: '', areaIds: '' }])
      expect(parseFilter(query)).toEqual({ layers: undefined, areaIds: undefined, key: '*|*' });
  });

  test('the same wishes in another order and spacing are one filter', () => {
    const filter = parseFilter({ layers: 'violations, cases,', areaIds: 'W2,W1' });
    expect(filter).toEqual({
      layers: new Set(['cases', 'violations']),
      areaIds: new Set(['W1', 'W2']),
      key: 'cases,violations|W1,W2',
    });
    expect(parseFilter({ layers: 'cases,violations', areaIds: ' W1 ,W2' }).key).toBe(filter.key);
    expect(parseFilter({ layers: 'cases' }).key).toBe('cases|*');
    expect(parseFilter({ areaIds: 'W1' }).key).toBe('*|W1');
  });

  test('every layer that an event is told in can be wished for', () => {
    const event = {
      specversion: '1.0' as const,
      id: '1',
      source: 's',
      time: '',
      district: 'q7',
      recordedtime: '',
      data: {},
    };
    const layers = new Set(liveTypes.map((type) => toLiveItem({ ...event, type }, 1)!.layer));
    expect(parseFilter({ layers: [...layers].join(',') }).layers).toEqual(layers);
  });

  test('an unknown layer is refused with the known ones', () => {
    expect(problemOf({ layers: 'cases,weather,noise' })).toEqual({
      type: 'about:blank',
      title: 'The request does not fit',
      status: 422,
      errors: [
        {
          field: 'query.layers',
          value: 'noise,weather',
          reason:
            'of cases, counts, vaccination, capacity, violations, businesses, indicators, areas, risk, forecasts, clusters, scenarios, incidents, calls, reports, levels',
        },
      ],
    });
  });

  test('500 areas are taken, 501 are not', () => {
    const areas = (count: number) => Array.from({ length: count }, (_, index) => `W${index}`).join(',');
    expect(parseFilter({ areaIds: areas(500) }).areaIds!.size).toBe(500);
    expect(problemOf({ areaIds: areas(501) })).toMatchObject({
      title: 'The request does not fit',
      status: 422,
      errors: [{ field: 'query.areaIds', value: 501, reason: 'at most 500 areas' }],
    });
  });
});

describe('what a filter lets through', () => {
  const items = [item('cases', 'W1'), item('cases', 'W2'), item('violations', 'W1'), item('violations')];
  const ids = (query: Parameters<typeof parseFilter>[0]) => filterItems(parseFilter(query), items).map(({ id }) => id);

  test('items by layer, by area, by both; an item in no area is in none that is wished for', () => {
    expect(filterItems(parseFilter({}), items)).toBe(items);
    expect(ids({ layers: 'violations' })).toEqual(['violations W1', 'violations undefined']);
    expect(ids({ areaIds: 'W1' })).toEqual(['cases W1', 'violations W1']);
    expect(ids({ layers: 'cases', areaIds: 'W1' })).toEqual(['cases W1']);
    expect(ids({ areaIds: 'undefined' })).toEqual([]);
  });

  test('figures by area; a wish for layers does not touch them', () => {
    const figures = ['W1', 'W2'].map(
      (areaId): LiveFigure => ({ areaId, formula: 'cases-7d', value: 1, unit: 'cases', throughSequence: 1 }),
    );
    expect(filterFigures(parseFilter({ areaIds: 'W2' }), figures)).toEqual([figures[1]]);
    expect(filterFigures(parseFilter({ layers: 'violations' }), figures)).toBe(figures);
  });
});

test('what is of a person in a layer of everybody is told to who hears of persons, in his areas; nobody shares it by the key', () => {
  const call = (callId: string, direction: string) =>
    toLiveItem(
      {
        ...{
          specversion: '1.0',
          id: callId,
          source: 's',
          type: 'call-received',
          time: '',
          district: 'q7',
          recordedtime: '',
        },
        data: { callId, direction, areaId: 'W1', occurredAt: '' },
      },
      1,
    )!;
  const items = [call('c1', 'inbound'), call('daily-2021-08-01-x', 'daily'), call('d2', 'daily')];
  const ended = toLiveItem(
    {
      ...{ specversion: '1.0', id: 'e', source: 's', type: 'call-ended', time: '', district: 'q7', recordedtime: '' },
      data: { callId: 'daily-2021-08-01-x', ending: 'over', occurredAt: '' },
    },
    2,
  )!;
  const of = (person: 'all' | ReadonlySet<string> | undefined, query = {}) =>
    permittedFilter(parseFilter(query), (dataClass) => (dataClass === 'person' ? person : 'all'));
  const heard = (filter: ReturnType<typeof of>) => filterItems(filter, [...items, ended]).map(({ id }) => id);
  expect(heard(of('all'))).toEqual(['c1', 'daily-2021-08-01-x', 'd2', 'e']);
  for (const query of [{}, { layers: 'calls' }, { layers: 'calls', areaIds: 'W1' }])
    expect(heard(of(undefined, query))).toEqual(['c1']);
  // A step says no area: who is limited to areas hears none of a patient's.
  expect(heard(of(new Set(['W1'])))).toEqual(['c1', 'daily-2021-08-01-x', 'd2']);
  expect(heard(of(new Set(['W2'])))).toEqual(['c1']);
  const keys = ['all' as const, undefined, new Set(['W1']), new Set(['W2'])].map(
    (person) => of(person, { layers: 'calls' }).key,
  );
  expect(new Set(keys).size).toBe(4);
});
