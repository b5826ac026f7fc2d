import { describe, expect, test } from 'vitest';
import { eventDefinitions } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { liveTypes, toLiveItem } from './items.ts';

const event = (type: string, data: Record<string, unknown>): CloudEvent => ({
  specversion: '1.0',
  id: 'e1',
  source: '/lab',
  type,
  time: '2021-08-09T10:00:00Z',
  district: 'q7',
  recordedtime: '2021-08-10T10:00:00Z',
  data,
});

describe('what browsers are told of an event', () => {
  test('a case: place, area, day and few values, and nothing that names a person', () => {
    const confirmed = event('case-confirmed', {
      caseId: 'c',
      areaId: 'W1',
      location: { lon: 106.7, lat: 10.7 },
      confirmedDate: '2021-08-09',
      specimenDate: '2021-08-06',
      exposure: 'community',
      ageYears: 41,
      reporter: 'Nguyễn Văn A',
    });
    expect(toLiveItem(confirmed, 12)).toEqual({
      id: 'e1',
      sequence: 12,
      type: 'case-confirmed',
      layer: 'cases',
      entity: 'c',
      areaId: 'W1',
      at: [106.7, 10.7],
      time: '2021-08-09T10:00:00Z',
      recordedTime: '2021-08-10T10:00:00Z',
      status: 'active',
      day: '2021-08-06',
      values: { confirmedDate: '2021-08-09', specimenDate: '2021-08-06', exposure: 'community' },
    });
  });

  test('a row of a file is told without place and status: it may be of a case that is known, and dead', () => {
    const row = {
      ...event('case-confirmed', {
        caseId: 'c',
        areaId: 'W1',
        location: { lon: 106.7, lat: 10.7 },
        confirmedDate: '2021-08-09',
        status: 'active',
      }),
      source: 'import/cases/list.csv',
    };
    const item = toLiveItem(row, 12)!;
    expect(item).toMatchObject({ layer: 'cases', entity: 'c', areaId: 'W1', day: '2021-08-09' });
    expect(item).not.toHaveProperty('at');
    expect(item).not.toHaveProperty('status');
    // Its end is news.
    const closed = {
      ...event('violation-closed', { violationId: 'v', occurredAt: '2021-08-09T10:00:00Z' }),
      source: row.source,
    };
    expect(toLiveItem(closed, 13)).toMatchObject({ status: 'closed' });
  });

  test('the day of a case: of the specimen, else of the confirmation; a correction of the confirmation brings none', () => {
    const day = (type: string, data: Record<string, unknown>) =>
      toLiveItem(event(type, { caseId: 'c', ...data }), 1)!.day;
    expect(day('case-confirmed', { confirmedDate: '2021-08-09' })).toBe('2021-08-09');
    expect(day('case-corrected', { confirmedDate: '2021-08-09' })).toBeUndefined();
    expect(day('case-corrected', { specimenDate: '2021-08-05' })).toBe('2021-08-05');
    expect(day('case-status-changed', { status: 'recovered' })).toBeUndefined();
  });

  test('what an event does not say is not there', () => {
    const item = toLiveItem(event('case-status-changed', { caseId: 'c', status: 'recovered' }), 3);
    expect(item).toStrictEqual({
      id: 'e1',
      sequence: 3,
      type: 'case-status-changed',
      layer: 'cases',
      entity: 'c',
      time: '2021-08-09T10:00:00Z',
      recordedTime: '2021-08-10T10:00:00Z',
      status: 'recovered',
      values: { status: 'recovered' },
    });
  });

  test('a step that brings no status has the one that it leads to', () => {
    expect(toLiveItem(event('violation-minuted', { violationId: 'v' }), 1)).toMatchObject({
      layer: 'violations',
      entity: 'v',
      status: 'minuted',
    });
  });

  test('an entity of several fields is named by all of them', () => {
    const published = { indicatorId: 'i', periodEnd: '2021-09-30', value: 4, unit: 'tỷ đồng', areaId: 7 };
    expect(toLiveItem(event('indicator-published', published), 1)).toStrictEqual({
      id: 'e1',
      sequence: 1,
      type: 'indicator-published',
      layer: 'indicators',
      entity: 'i 2021-09-30',
      time: '2021-08-09T10:00:00Z',
      recordedTime: '2021-08-10T10:00:00Z',
      values: { indicatorId: 'i', periodEnd: '2021-09-30', value: 4, unit: 'tỷ đồng' },
    });
  });

  test('values are plain: text, numbers, yes and no, and nothing known', () => {
    const count = {
      areaId: 'W1',
      measure: 'new-cases',
      periodEnd: '2021-08-07',
      cases: null,
      suppressed: true,
      ratePer100k: [1],
    };
    expect(toLiveItem(event('case-count-published', count), 1)!.values).toEqual({
      measure: 'new-cases',
      periodEnd: '2021-08-07',
      cases: null,
      suppressed: true,
    });
  });

  test('what is not live, and what is no event, is told to nobody', () => {
    expect(toLiveItem(event('population-published', { areaId: 'W1' }), 1)).toBeUndefined();
    expect(toLiveItem(event('weather-changed', {}), 1)).toBeUndefined();
  });
});

test('the types that are followed are those that have something to tell', () => {
  const telling = eventDefinitions()
    .map(({ type }) => type)
    .filter((type) => toLiveItem(event(type, {}), 1));
  expect(liveTypes).toEqual(telling);
  expect(liveTypes).toContain('case-confirmed');
  expect(liveTypes).not.toContain('population-published');
});
