import { readFileSync } from 'node:fs';
import { doorProgrammes } from '#contracts/actor.ts';
import { type AnyEvent, eventDefinitions } from '#contracts/catalogue.ts';

/** Values that were seen to be taken and not written, or written and not shown, and their like. */
export const nastyValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  -0.000001,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 31) - 1,
  1e15,
  1e22,
  1e308,
  5e-324,
  '',
  ' ',
  'x',
  '0',
  'a.b',
  'a b',
  '*',
  '>',
  '../..',
  'a'.repeat(80),
  'a'.repeat(81),
  'x'.repeat(200),
  'x'.repeat(4000),
  'x'.repeat(5000),
  'nul\u0000in it',
  '\u0001',
  '\u001b[31m',
  'line\r\nbreak',
  'tab\tand line\n',
  '\u007f',
  'c1 \u0085',
  'half \ud800',
  'half \udc00 more',
  '\ufffe\uffff',
  '😀'.repeat(100),
  'ệ'.repeat(200),
  '{"a":1}',
  '{a,b}',
  '"quoted" \\ slash',
  "it's; DROP TABLE epidemic.case_versions;--",
  '=cmd|x!A1',
  '<script>alert(1)</script>',
  '__proto__',
  'NaN',
  'infinity',
  '-infinity',
  'null',
  '0000-01-01',
  '0001-01-01',
  '1899-12-30',
  '1900-01-01',
  '1970-01-01',
  '1990-01-01',
  '2026-02-29',
  '9999-12-31',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59.999-12:00',
  '2026-06-01T00:00:00+23:59',
  '2026-06-01T00:00:00-23:59',
  '2026-06-01T00:00:00+15:59',
  '2026-06-01T23:59:60Z',
  `2026-06-01T00:00:00.${'1'.repeat(300)}Z`,
  '2026-06-01T00:00:00.123456789Z',
  [],
  [[]],
  [null],
  ['x'],
  [0, 0],
  {},
  { lon: 0, lat: 0 },
  { lon: 180, lat: 90 },
  { lon: 106.7, lat: 10.7 },
  { lon: -73.9, lat: 40.7 },
  { __proto__: null, constructor: { prototype: 1 } },
  { 'key\u0000': 1 },
  {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [106.7, 10.7],
          [106.7, 10.7],
          [106.7, 10.7],
          [106.7, 10.7],
        ],
      ],
    ],
  },
  {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [106.7, 95],
          [106.8, 95],
          [106.8, 96],
          [106.7, 95],
        ],
      ],
    ],
  },
  {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [106.7, 10.7],
          [106.8, 10.8],
          [106.8, 10.7],
          [106.7, 10.8],
          [106.7, 10.7],
        ],
      ],
    ],
  },
  {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [1e300, 10.7],
          [106.8, 10.8],
          [106.8, 10.7],
          [1e300, 10.7],
        ],
      ],
    ],
  },
  {
    type: 'LineString',
    coordinates: [
      [106.7, 10.7],
      [106.7, 10.7],
    ],
  },
];

/** An event that the door may be sent, before anything is wrong with it. */
export interface SoundEvent {
  definition: AnyEvent;
  /** Undefined: a feed that proves nothing. */
  programme: string | undefined;
  data: Record<string, unknown>;
}

/** Events that a subsystem defines itself have no fixture. */
const ofSubsystems: Record<string, Record<string, unknown>> = {
  'incident-reported': {
    incidentId: 'i1',
    kind: 'crash',
    severity: 2,
    source: 'hotline',
    address: 'Nguyễn Văn Linh',
    description: 'Hai xe máy',
    occurredAt: '2026-05-31T08:00:00+07:00',
    areaId: 'q7-tan-phu',
    location: { lon: 106.72, lat: 10.73 },
  },
  'incident-cleared': { incidentId: 'i1', outcome: 'handled', note: 'xong', occurredAt: '2026-05-31T09:00:00+07:00' },
  'incident-dismissed': { incidentId: 'i1', note: 'báo nhầm', occurredAt: '2026-05-31T09:00:00+07:00' },
  'report-received': {
    ...{ reportId: 'PA-1', topic: 'drainage', description: 'Cống nghẹt', address: 'Hẻm 1041', channel: 'hotline' },
    ...{
      photos: 'a'.repeat(64),
      mediaUrl: 'https://anh.example/1.jpg',
      attributes: '{"sau":"20"}',
      externalId: '1022-7',
    },
    occurredAt: '2026-05-31T08:00:00+07:00',
    areaId: 'q7-tan-phu',
    location: { lon: 106.72, lat: 10.73 },
  },
  'report-routed': {
    ...{ reportId: 'PA-1', unit: 'q7-cong-an', routingRule: 'an-ninh', routingNote: 'việc của công an' },
    occurredAt: '2026-05-31T08:05:00+07:00',
  },
  'report-paused': { reportId: 'PA-1', pauseReason: 'số nhà?', occurredAt: '2026-05-31T09:00:00+07:00' },
  'report-closed': { reportId: 'PA-1', outcome: 'fixed', answer: 'xong', occurredAt: '2026-05-31T10:00:00+07:00' },
  'report-rated': {
    reportId: 'PA-1',
    satisfaction: 4,
    ratedUnit: 'ward.q7-tan-phu',
    ratingNote: 'nhanh',
    occurredAt: '2026-05-31T12:00:00+07:00',
  },
  'daily-calls-set': { roundId: 'daily', enabled: true, occurredAt: '2026-05-31T08:00:00+07:00' },
  'report-reopened': { reportId: 'PA-1', reopenReason: 'vẫn nghẹt', occurredAt: '2026-05-31T11:00:00+07:00' },
  'officer-registered': {
    ...{
      officerId: 'CB-1',
      name: 'Tổ trưởng quản lý đô thị',
      unit: 'q7-quan-ly-do-thi',
      roles: ['urban-order-inspector'],
    },
    ...{ areaIds: ['q7-tan-phu'], account: 'person:1', from: '2026-01-01', until: '2026-12-31' },
    occurredAt: '2026-05-31T08:00:00+07:00',
  },
  'shift-set': {
    ...{ shiftId: 'ca-1', targetId: 'chair-q7-tan-phu', officerId: 'CB-1' },
    ...{ from: '2026-05-31T08:00:00+07:00', until: '2026-05-31T20:00:00+07:00' },
    occurredAt: '2026-05-31T07:00:00+07:00',
  },
  'directive-issued': {
    ...{ directiveId: 'CD-1', title: 'Nạo vét cống', text: 'Trước mùa mưa.', areaIds: ['q7-tan-phu'] },
    ...{ units: ['q7-quan-ly-do-thi'], roles: ['urban-order-inspector'], answeredBy: 'all', addressees: ['CB-1'] },
    ...{ dueAt: '2026-06-02T17:00:00+07:00', occurredAt: '2026-05-31T08:00:00+07:00' },
  },
  'directive-acknowledged': { directiveId: 'CD-1', officerId: 'CB-1', occurredAt: '2026-05-31T09:00:00+07:00' },
  'directive-progressed': {
    ...{ directiveId: 'CD-1', officerId: 'CB-1', percent: 40, note: 'hai đoạn' },
    occurredAt: '2026-05-31T10:00:00+07:00',
  },
};

/** Every type that somebody may send to the door, as its full fixture has it. */
export function soundEvents(): SoundEvent[] {
  return eventDefinitions().flatMap((definition): SoundEvent[] => {
    const speakers = definition.publishedBy;
    const programme = speakers.includes('intake') ? undefined : doorProgrammes.find((name) => speakers.includes(name));
    if (definition.noun === 'district' || (!speakers.includes('intake') && !programme)) return [];
    const own = ofSubsystems[definition.type];
    if (own) return [{ definition, programme, data: own }];
    const fixture = new URL(`../../contracts/fixtures/${definition.type}.full.json`, import.meta.url);
    const { data } = JSON.parse(readFileSync(fixture, 'utf8')) as { data: Record<string, unknown> };
    return [{ definition, programme, data }];
  });
}

/** Paths of everything in a value, lists and objects too; of a long list the first three. */
export function pathsOf(value: unknown, path: string[] = []): string[][] {
  const parts = Array.isArray(value) ? value.slice(0, 3) : value;
  const below =
    typeof parts === 'object' && parts !== null
      ? Object.entries(parts).flatMap(([key, part]) => pathsOf(part, [...path, key]))
      : [];
  return path.length > 0 ? [path, ...below] : below;
}

/** A copy with another value at a path. */
export function withNasty<Whole extends object>(whole: Whole, path: readonly string[], value: unknown): Whole {
  const copy = structuredClone(whole);
  let place = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  place[path.at(-1)!] = value;
  return copy;
}
