import { describe, expect, test } from 'vitest';
import '../services.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { faces } from '#contracts/faces.ts';
import { sidesOf, statedBounds } from '#contracts/testing/stated-bounds.ts';
import { toLiveItem } from '../live/items.ts';
import { incident, incidentCleared, incidentDismissed, incidentReported, kinds } from './incident.ts';

const occurredAt = '2026-11-29T10:00:00Z';
const minimal = { incidentId: 'i', occurredAt, kind: 'crash', severity: 2 };

describe('what an incident may be', () => {
  test('bounds', () => {
    expect(statedBounds(incidentReported.schema)).toEqual({
      incidentId: 'identifier',
      occurredAt: 'instant',
      severity: 'integer 1..4',
      address: 'text 1..200',
      description: 'text ..4000',
      'location.lon': 'number -180..180',
      'location.lat': 'number -90..90',
      areaId: 'identifier',
    });
    expect(statedBounds(incidentCleared.schema)).toEqual({
      incidentId: 'identifier',
      occurredAt: 'instant',
      note: 'text ..4000',
    });
  });

  test('severity is a whole number from 1 to 4', () => {
    const { within, beyond } = sidesOf('integer 1..4', undefined);
    expect([within, beyond]).toEqual([
      [1, 4],
      [1.5, 0, 5],
    ]);
    for (const severity of within)
      expect(incidentReported.schema.safeParse({ ...minimal, severity }).success).toBe(true);
    for (const severity of [...beyond, '2'])
      expect(incidentReported.schema.safeParse({ ...minimal, severity }).success).toBe(false);
  });

  test('every field of the least report is needed, and the kind is one of twelve, the last of them other', () => {
    for (const field of Object.keys(minimal)) {
      const { [field]: _left, ...rest }: Record<string, unknown> = minimal;
      expect(incidentReported.schema.safeParse(rest).success, `without ${field}`).toBe(false);
    }
    expect(incidentReported.schema.safeParse({ ...minimal, kind: 'flood' }).success).toBe(false);
    expect(Object.keys(kinds)).toHaveLength(12);
    expect(incident.feed.points.categories.at(-1)).toBe('other');
  });

  test('nothing happened after the end of the district’s day, wherever it is', () => {
    const wrong = (at: string) => incidentReported.implausible!({ ...minimal, occurredAt: at }, '2026-11-29');
    expect(wrong('2026-11-30T11:59:59Z')).toEqual([]);
    expect(wrong('2026-11-30T12:00:00Z')).toEqual([
      {
        ...{ field: 'occurredAt', value: '2026-11-30T12:00:00Z', reason: 'not after 2026-11-29' },
        words: { vi: 'không sau 29/11/2026', en: 'not after 2026-11-29' },
      },
    ]);
    expect(incidentCleared.implausible).toBeUndefined();
  });
});

describe('what others are told', () => {
  const event = (type: string, data: Record<string, unknown>): CloudEvent => ({
    specversion: '1.0',
    id: 'e1',
    source: '/desk',
    type,
    time: occurredAt,
    district: 'q7',
    recordedtime: occurredAt,
    data,
  });
  const words = 'words that may name a person';

  test('a report: kind, severity, place; no description', () => {
    const data = { ...minimal, severity: 4, location: { lon: 106.7, lat: 10.7 }, areaId: 'W1', description: words };
    expect(toLiveItem(event('incident-reported', data), 7)).toEqual({
      id: 'e1',
      sequence: 7,
      type: 'incident-reported',
      layer: 'incidents',
      entity: 'i',
      areaId: 'W1',
      at: [106.7, 10.7],
      time: occurredAt,
      recordedTime: occurredAt,
      status: 'reported',
      values: { occurredAt, kind: 'crash', severity: 4 },
    });
    expect(JSON.stringify(incidentReported.point!.factOf(data))).not.toContain(words);
  });

  test.each([
    ['incident-cleared', 'cleared', { outcome: 'handled' }],
    ['incident-dismissed', 'dismissed', {}],
  ])('%s: its status; no note', (type, status, values) => {
    const item = toLiveItem(event(type, { incidentId: 'i', occurredAt, note: words, ...values }), 8)!;
    expect(item).toMatchObject({ layer: 'incidents', entity: 'i', status, values: { occurredAt, ...values } });
    expect(JSON.stringify(item)).not.toContain(words);
  });

  test('ticker, layer, legend, values and forms have words in both languages', () => {
    const { events, feeds, forms, fields, imports } = faces();
    for (const { type } of [incidentReported, incidentCleared, incidentDismissed])
      expect(events[type]).toEqual({ vi: expect.stringContaining('ự cố'), en: expect.stringContaining('ncident') });
    const feed = feeds.find(({ name }) => name === 'incidents')!;
    expect(feed.points!.openWords).toEqual({ vi: 'đang diễn ra', en: 'going on' });
    for (const value of [...feed.points!.categories, ...feed.points!.statuses, '1', '2', '3', '4'])
      expect(feed.values[value], value).toEqual({ vi: expect.any(String), en: expect.any(String) });
    expect(feed.points!.openStatuses).toEqual(['reported']);
    expect(feed.points!.goneStatuses).toEqual(['dismissed']);
    expect(fields.severity!.vi).toBe('Mức độ (1–4)');
    const form = forms.find(({ words }) => words.vi === 'Báo sự cố')!;
    expect(form.fields.find(({ name }) => name === 'severity')!.options).toEqual([1, 2, 3, 4]);
    expect(imports.map(({ name }) => name)).toContain('incidents');
  });
});
