import { describe, expect, test } from 'vitest';
import '../services.ts';
import { type AreaRegister, type AreaStatement, withArea } from './area-register.ts';
import { brokenAreas } from './area-rules.ts';
import { type AnyEvent, definitionOf } from './catalogue.ts';
import { faultsOfFact } from './fact-rules.ts';
import { isTooDeep, mayBeUnwritable, unwritableText } from './text-rules.ts';

const clock = { nowMs: Date.parse('2026-11-30T09:00:00+07:00'), offsetMs: () => 7 * 3_600_000 };
const area = (areaId: string, parentId: string | null, more: Partial<AreaStatement> = {}): AreaStatement => ({
  areaId,
  parentId,
  level: parentId === null ? 'district' : 'ward',
  name: areaId.toUpperCase(),
  validFrom: '1997-04-01',
  ...more,
});
const registerOf = (...areas: AreaStatement[]) => areas.reduce<AreaRegister>(withArea, new Map());
const old = {
  validFrom: '2025-07-01',
  abolished: true,
  successors: [
    { areaId: 'tan-my', share: 0.97 },
    { areaId: 'w1', share: 0.03 },
  ],
};
const areas = registerOf(
  area('d', null),
  area('w1', 'd'),
  area('w2', 'd'),
  area('n1', 'w1', { level: 'neighbourhood' }),
  area('phu-my', 'd'),
  area('phu-my', 'd', old),
  area('tan-my', 'd', { validFrom: '2025-07-01' }),
);
const places = { centre: { lon: 106.72, lat: 10.74 }, areas };
const faults = (
  type: string,
  data: object,
  time = '2026-11-29T12:00:00+07:00',
  known: typeof places | undefined = places,
) => faultsOfFact(definitionOf(type) as AnyEvent, data as never, time, { clock, places: known, isTimeSaid: true });
const fields = (...of: Parameters<typeof faults>) => faults(...of).map(({ field }) => field);

describe('a place of a fact', () => {
  const of = (more: object) => ({ caseId: 'a', confirmedDate: '2026-11-29', ...more });

  test('is an area that was registered; the refusal says which are', () => {
    expect(faults('case-confirmed', of({ areaId: 'w9' }))).toEqual([
      {
        field: 'areaId',
        value: 'w9',
        reason: 'no such area in the district; known: d, w1, w2, tan-my and 2 more (GET /api/geography/areas)',
        words: expect.objectContaining({ vi: expect.stringContaining('đã biết: d, w1, w2, tan-my') }),
      },
    ]);
    expect(fields('case-confirmed', of({ areaId: 'n1' }))).toEqual([]);
  });

  test('that ended is named with what it became, and is a place of what was before', () => {
    expect(faults('case-confirmed', of({ areaId: 'phu-my' }))).toMatchObject([
      { field: 'areaId', reason: '"PHU-MY" ended on 2025-07-01; its ground is in tan-my (TAN-MY, 97 %), w1 (W1, 3 %)' },
    ]);
    expect(fields('case-confirmed', of({ areaId: 'phu-my', confirmedDate: '2025-07-01' }))).toEqual(['areaId']);
    expect(fields('case-confirmed', of({ areaId: 'phu-my', confirmedDate: '2025-06-30' }))).toEqual([]);
    // A fact that says no day is of the day on which it happened.
    expect(fields('case-corrected', { caseId: 'a', areaId: 'phu-my' }, '2025-06-30T12:00:00+07:00')).toEqual([]);
    expect(fields('case-corrected', { caseId: 'a', areaId: 'phu-my' })).toEqual(['areaId']);
  });

  test('may be any where nobody has registered an area, or where the door does not know', () => {
    expect(fields('case-confirmed', of({ areaId: 'w9' }), undefined, { ...places, areas: new Map() })).toEqual([]);
    expect(
      faultsOfFact(definitionOf('case-confirmed')!, of({ areaId: 'w9' }) as never, '2026-11-29T05:00:00Z', {
        clock,
        isTimeSaid: true,
      }),
    ).toEqual([]);
  });

  test('lies within 300 km of the district', () => {
    const at = (lon: number, lat: number) => fields('case-confirmed', of({ location: { lon, lat } }));
    expect([at(106.7, 10.7), at(106.72, 13.4), at(0, 0), at(-73.9, 40.7), at(106.72, 13.5)]).toEqual([
      [],
      [],
      ['location'],
      ['location'],
      ['location'],
    ]);
  });
});

describe('days that are too far apart', () => {
  const of = (more: object) => fields('case-confirmed', { caseId: 'a', confirmedDate: '2026-11-29', ...more });

  test('specimen half a year, onset a year before the confirmation', () => {
    expect(of({ specimenDate: '2026-06-02', onsetDate: '2025-11-28' })).toEqual([]);
    expect(of({ specimenDate: '2026-06-01' })).toEqual(['specimenDate']);
    expect(of({ onsetDate: '2025-11-27' })).toEqual(['onsetDate']);
  });

  test('a death decades before the day on which it is said to have happened', () => {
    const died = (since: string) => fields('case-status-changed', { caseId: 'a', status: 'deceased', since });
    expect([died('2026-11-28T00:00:00+07:00'), died('1995-01-01T00:00:00+07:00')]).toEqual([[], ['since']]);
  });
});

test('numbers that no row holds are refused, and those of a country are taken', () => {
  const count = { areaId: 'w1', asOfDate: '2026-11-29', peopleAtLeastOneDose: 1, peopleFullCourse: 1 };
  expect(fields('vaccination-count-published', { ...count, peopleAtLeastOneDose: 1e9 })).toEqual([]);
  expect(fields('vaccination-count-published', { ...count, peopleAtLeastOneDose: 2 ** 31 })).toEqual([
    'peopleAtLeastOneDose',
  ]);
  const series = { indicatorId: 'gdp', periodStart: '2026-01-01', periodEnd: '2026-11-29', unit: 'đ', source: 's' };
  expect(fields('indicator-published', { ...series, value: 1.2e16 })).toEqual([]);
  expect(fields('indicator-published', { ...series, value: -1e300 })).toEqual(['value']);
});

test('an instant has a zone that there is, and parts of a second that a clock has', () => {
  const of = (occurredAt: string) => fields('violation-reported', { violationId: 'v', kind: 'other', occurredAt });
  for (const good of ['2026-11-01T00:00:00Z', '2026-11-01T00:00:00.123456789+14:00', '2026-11-01T00:00:00-12:00'])
    expect(of(good), good).toEqual([]);
  for (const bad of [
    '2026-11-01T00:00:00+23:59',
    '2026-11-01T00:00:00-12:30',
    '2026-11-01T00:00:00.1234567890Z',
    '0000-01-01T00:00:00Z',
  ])
    expect(of(bad), bad).toEqual(['occurredAt']);
});

describe('the tree of areas', () => {
  const square = (lon: number, lat: number, side = 0.01) => ({
    type: 'MultiPolygon' as const,
    coordinates: [
      [
        [
          [lon, lat],
          [lon + side, lat],
          [lon + side, lat + side],
          [lon, lat + side],
          [lon, lat],
        ],
      ],
    ],
  });
  const broken = (said: AreaStatement, geometry: ReturnType<typeof square> | null = null, known = places) =>
    brokenAreas({ ...said, geometry } as Parameters<typeof brokenAreas>[0], known).map(({ field }) => field);

  test('has no circle of parents, of any length, on no day', () => {
    expect(broken(area('w1', 'w1'))).toEqual(['parentId']);
    expect(broken(area('w1', 'n1'))).toEqual(['parentId']);
    expect(broken(area('d', 'n1', { level: 'district' }))).toContain('parentId');
    // Two that name each other where there is no root yet.
    const noRoot = { ...places, areas: registerOf(area('a', 'b')) };
    expect([broken(area('b', 'a'), null, noRoot), broken(area('c', 'a'), null, noRoot)]).toEqual([['parentId'], []]);
    // From a later day on only.
    const later = { ...places, areas: registerOf(area('a', 'x'), area('a', 'b', { validFrom: '2030-01-01' })) };
    expect(broken(area('b', 'a'), null, later)).toEqual(['parentId']);
  });

  test('has one root, which does not end and lies in nothing', () => {
    expect(broken(area('aaa', null))).toEqual(['parentId']);
    expect(broken(area('d', null, { abolished: true }))).toEqual(['abolished']);
    expect(broken(area('d', null, { level: 'ward' }))).toEqual(['level']);
    expect(broken(area('d', null, { name: 'Quận 7' }))).toEqual([]);
    // A layer without a root of its own: its wards hang on nothing.
    const wards = { ...places, areas: registerOf(area('a', null, { level: 'ward' })) };
    expect(broken(area('b', null, { level: 'ward' }), null, wards)).toEqual([]);
  });

  test('hangs together: a parent is known, and has not ended', () => {
    expect([
      broken(area('x', 'nobody')),
      broken(area('x', 'phu-my', { validFrom: '2026-01-01' })),
      broken(area('x', 'w2')),
    ]).toEqual([['parentId'], ['parentId'], []]);
  });

  test('lies on ground in the district', () => {
    expect(broken(area('x', 'd'), square(106.7, 10.7))).toEqual([]);
    expect(broken(area('x', 'd'), square(106.7, 10.7, 0))).toEqual(['geometry']);
    expect(broken(area('x', 'd'), square(106.7, 94.995))).toEqual(['geometry.coordinates.0.0.0']);
    expect(broken(area('x', 'd'), square(0, 0))).toEqual(['geometry.coordinates.0.0.0']);
  });
});

describe('text that cannot be kept', () => {
  const wrong = (event: Record<string, unknown>) =>
    mayBeUnwritable(event, JSON.stringify(event)) ? unwritableText(event).map(({ field }) => field) : [];

  test('is named by its field, at any depth, in names too', () => {
    expect(wrong({ id: 'a', data: { note: 'nul \u0000', deep: { list: ['half \ud800'] }, 'k\u0001': 1 } })).toEqual([
      'data.note',
      'data.deep.list.0',
      'data.k?',
    ]);
    expect(unwritableText({ data: { note: 'nul \u0000' } })).toMatchObject([
      { value: 'nul \ufffd', reason: 'text without control characters and halves of a pair; it has U+0000' },
    ]);
  });

  test('an attribute has no line break, what people typed may have', () => {
    expect(wrong({ id: 'a\r\nb', source: 'tab\t', data: { note: 'one\r\n\ttwo' } })).toEqual(['id', 'source']);
    expect(wrong({ id: 'a\\u0000', data: { note: 'Đường số 5, 😀 "Tân Phú" \\n' } })).toEqual([]);
  });

  test('depth is counted without an end to the stack', () => {
    const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    expect([isTooDeep(nested(33)), isTooDeep(nested(34)), isTooDeep(nested(200_000))]).toEqual([false, true, true]);
  });
});
