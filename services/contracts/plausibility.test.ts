import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import '../services.ts';
import { type AnyEvent, catalogue, definitionOf, eventDefinitions } from './catalogue.ts';
import { addDays } from './days.ts';
import { dateBounds, implausibleFields, implausibleTime } from './plausibility.ts';
import { valueAt, withValue } from './testing/stated-bounds.ts';

const hour = 3_600_000;
/** Hồ Chí Minh City is 7 hours ahead of UTC, all year. */
const at = (local: string) => ({ nowMs: Date.parse(`${local}+07:00`), offsetMs: () => 7 * hour });
const today = '2026-11-30';
const hoursOfToday = ['00:00:00', '00:34:00', '12:00:00', '23:59:59'].map((time) => at(`${today}T${time}`));

/** Where every day and instant of every event may lie, as agreed. Left out: 1990-01-01 to today. An event that is in no row has none, or computes them. */
const bounds: Record<string, Record<string, string>> = {
  'area-revised': { validFrom: 'any..any' },
  'population-published': { validFrom: '1900-01-01..0' },
  'case-confirmed': {
    onsetDate: '1990-01-01..0 <= confirmedDate',
    specimenDate: '1990-01-01..0 <= confirmedDate',
    confirmedDate: '1990-01-01..0',
  },
  'case-corrected': {
    onsetDate: '1990-01-01..0 <= confirmedDate',
    specimenDate: '1990-01-01..0 <= confirmedDate',
    confirmedDate: '1990-01-01..0',
  },
  'case-status-changed': { since: '1990-01-01..0' },
  'case-count-published': { periodStart: '1990-01-01..0', periodEnd: '1990-01-01..0 >= periodStart' },
  'dose-administered': { administeredDate: '1990-01-01..0' },
  'vaccination-count-published': { asOfDate: '1990-01-01..0' },
  'business-registered': { registeredDate: '1800-01-01..0', licensedUntil: '1800-01-01..any' },
  'business-status-changed': { effectiveDate: '1800-01-01..366', licensedUntil: '1800-01-01..any' },
  'revenue-published': { periodStart: '1945-01-01..0', periodEnd: '1945-01-01..366 >= periodStart' },
  'level-assessed': { onDay: '1990-01-01..0' },
  'level-declared': { takesEffectAt: '1990-01-01..60' },
  'level-policy-adjusted': { from: '1990-01-01..366', until: '1990-01-01..any >= from' },
  'indicator-published': { periodStart: '1945-01-01..0', periodEnd: '1945-01-01..366 >= periodStart' },
  ...Object.fromEntries(
    [
      'reported',
      'verified',
      'cancelled',
      'dismissed',
      'expired',
      'minuted',
      'suspended',
      'remedied',
      'closed',
      'merged',
    ].map((status) => [`violation-${status}`, { occurredAt: '1990-01-01..0' }]),
  ),
  'violation-enforcing': { occurredAt: '1990-01-01..0', remedyDueDate: '1990-01-01..3660' },
  'violation-decided': { occurredAt: '1990-01-01..0', remedyDueDate: '1990-01-01..3660' },
  'incident-reported': { occurredAt: '1990-01-01..0' },
  'incident-cleared': { occurredAt: '1990-01-01..0' },
  'incident-dismissed': { occurredAt: '1990-01-01..0' },
  ...Object.fromEntries(
    ['received', 'attempt-ended', 'answered', 'ended', 'unanswered', 'alerted', 'taken-up', 'triaged'].map((what) => [
      `call-${what}`,
      { occurredAt: '1990-01-01..0' },
    ]),
  ),
  'call-received': {
    ...{ 'chain[].onCall[].from': '1990-01-01..366', 'chain[].onCall[].until': '1990-01-01..366' },
    occurredAt: '1990-01-01..0',
  },
  'daily-calls-set': { occurredAt: '1990-01-01..0' },
  'caller-noted': { occurredAt: '1990-01-01..0' },
  'officer-registered': { from: '1975-01-01..366', until: '1990-01-01..any >= from', occurredAt: '1990-01-01..0' },
  'shift-set': { from: '1990-01-01..366', until: '1990-01-01..366', occurredAt: '1990-01-01..0' },
  'directive-issued': { dueAt: '1990-01-01..366', occurredAt: '1990-01-01..0' },
  'directive-acknowledged': { occurredAt: '1990-01-01..0' },
  'directive-progressed': { occurredAt: '1990-01-01..0' },
  'directive-withdrawn': { occurredAt: '1990-01-01..0' },
  'directive-escalated': { occurredAt: '1990-01-01..0' },
  'evaluation-disputed': { occurredAt: '1990-01-01..0' },
  'dispute-decided': { occurredAt: '1990-01-01..0' },
  'report-received': { occurredAt: '1990-01-01..0' },
  'report-routed': { occurredAt: '1990-01-01..0' },
  'report-closed': { occurredAt: '1990-01-01..0' },
  'report-paused': { occurredAt: '1990-01-01..0' },
  'report-reopened': { occurredAt: '1990-01-01..0' },
  'report-reminded': { occurredAt: '1990-01-01..0' },
  'report-rated': { occurredAt: '1990-01-01..0' },
};

test('every day and instant of every event has its bounds', () => {
  const stated = eventDefinitions().map((definition) => [
    definition.type,
    Object.fromEntries(
      Object.entries(dateBounds(definition)).map(([path, { earliest, daysAhead = 0, notAfter, notBefore }]) => [
        path,
        `${earliest ?? 'any'}..${daysAhead ?? 'any'}${notAfter ? ` <= ${notAfter.field}` : ''}${notBefore ? ` >= ${notBefore.field}` : ''}`,
      ]),
    ),
  ]);
  expect(Object.fromEntries(stated.filter(([, fields]) => Object.keys(fields!).length > 0))).toEqual(bounds);
});

test('only the centre’s own events are held to nothing', () => {
  for (const { dates, publishedBy } of eventDefinitions())
    if (dates === 'computed') expect(publishedBy).toEqual(['ml']);
});

/** A fact of the event in which every day and instant is today’s. */
function factOfToday(definition: AnyEvent): Record<string, unknown> {
  const { data } = JSON.parse(
    readFileSync(new URL(`./fixtures/${definition.type}.full.json`, import.meta.url), 'utf8'),
  );
  return Object.keys(dateBounds(definition)).reduce<Record<string, unknown>>(
    (fact, path) => withValue(fact, path, isInstant(fact, path) ? `${today}T00:00:00+07:00` : today) as typeof fact,
    definition.schema.parse(data),
  );
}
const isInstant = (fact: unknown, path: string) => String(valueAt(fact, path)).includes('T');

describe.each(Object.keys(bounds).filter((type) => type in catalogue))('%s', (type) => {
  const definition = definitionOf(type)!;
  const fact = factOfToday(definition);
  const faults = (data: Record<string, unknown>, clock = hoursOfToday[1]!) =>
    implausibleFields(definition, data, clock).map(({ field }) => field);

  test('of today may be at every hour of today', () => {
    for (const clock of hoursOfToday) expect(faults(fact, clock)).toEqual([]);
  });

  test('of tomorrow may not be, at no hour of today, unless its definition says so', () => {
    for (const [path, { daysAhead = 0 }] of Object.entries(dateBounds(definition))) {
      const on = (days: number) =>
        withValue(
          fact,
          path,
          isInstant(fact, path) ? `${addDays(today, days)}T12:00:00+07:00` : addDays(today, days),
        ) as typeof fact;
      for (const clock of hoursOfToday)
        if (daysAhead === null) expect(faults(on(100_000), clock)).not.toContain(path);
        else {
          expect(faults(on(daysAhead), clock), path).not.toContain(path);
          expect(faults(on(daysAhead + 1), clock), path).toContain(path);
        }
    }
  });

  test('has a first day, unless its definition says that it has none', () => {
    for (const [path, { earliest }] of Object.entries(dateBounds(definition))) {
      const on = (day: string) =>
        withValue(fact, path, isInstant(fact, path) ? `${day}T00:00:00+07:00` : day) as typeof fact;
      if (!earliest) {
        expect(faults(on('0900-01-01'))).not.toContain(path);
        continue;
      }
      // What one field bounds of another is another test: of a period both ends move.
      const begun = 'periodStart' in fact ? { ...on(earliest), periodStart: earliest } : on(earliest);
      expect(faults(begun), path).toEqual(path === 'confirmedDate' ? expect.not.arrayContaining([path]) : []);
      expect(faults(on(addDays(earliest, -1))), path).toContain(path);
    }
  });
});

describe('a case', () => {
  const definition = definitionOf('case-confirmed')!;
  const faults = (more: object) =>
    implausibleFields(definition, { caseId: 'a', confirmedDate: '2026-11-25', ...more }, hoursOfToday[1]!);

  test.each(['onsetDate', 'specimenDate'])('%s is on the day of the confirmation at the latest', (field) => {
    expect(faults({ [field]: '2026-11-25' })).toEqual([]);
    expect(faults({ [field]: '2026-11-26' })).toEqual([
      {
        field,
        value: '2026-11-26',
        reason: 'not after confirmedDate 2026-11-25',
        words: { vi: 'không sau ngày xác định 25/11/2026', en: 'not after confirmedDate 2026-11-25' },
      },
    ]);
  });

  test('all that is wrong is told at once, with the bound, in both languages', () => {
    expect(faults({ confirmedDate: '2027-11-25', onsetDate: '1900-01-01' })).toEqual([
      {
        field: 'onsetDate',
        value: '1900-01-01',
        reason: 'at least 1990-01-01',
        words: { vi: 'sớm nhất là 01/01/1990', en: 'at least 1990-01-01' },
      },
      {
        field: 'confirmedDate',
        value: '2027-11-25',
        reason: 'at most 2026-11-30, today in the district',
        words: { vi: 'muộn nhất là hôm nay, 30/11/2026', en: 'at most 2026-11-30, today in the district' },
      },
    ]);
  });

  test('the first second of a day is that day, the last second of the day before is not', () => {
    const fact = { caseId: 'a', confirmedDate: today };
    expect(implausibleFields(definition, fact, at('2026-11-29T23:59:59.999'))).toHaveLength(1);
    expect(implausibleFields(definition, fact, at('2026-11-30T00:00:00'))).toEqual([]);
  });
});

test('a count of a period that ends before it begins is none', () => {
  const definition = definitionOf('case-count-published')!;
  const count = { areaId: 'w', measure: 'new-cases', periodStart: '2026-11-23', cases: 1 };
  const faults = (periodEnd: string) => implausibleFields(definition, { ...count, periodEnd }, hoursOfToday[0]!);
  expect(faults('2026-11-23')).toEqual([]);
  expect(faults('2026-11-22')).toMatchObject([{ field: 'periodEnd', reason: 'not before periodStart 2026-11-23' }]);
});

describe('an instant', () => {
  const definition = definitionOf('violation-reported')!;
  const wrong = (time: string, now: string) => implausibleTime(definition, time, at(now))?.field;

  test('is five minutes ahead of the clock at most, at every hour', () => {
    for (const time of ['00:34:00', '11:00:00', '12:00:00', '23:40:00']) {
      const now = Date.parse(`${today}T${time}+07:00`);
      const ahead = (ms: number) => new Date(now + 300_000 + ms).toISOString();
      expect(wrong(ahead(0), `${today}T${time}`)).toBeUndefined();
      expect(wrong(ahead(1), `${today}T${time}`)).toBe('time');
    }
  });

  test('five minutes reach into the next day, where a day does not', () => {
    expect(wrong('2026-12-01T00:03:00+07:00', `${today}T23:59:00`)).toBeUndefined();
    expect(wrong('2026-12-01T00:04:01+07:00', `${today}T23:59:00`)).toBe('time');
  });

  test.each([
    ['noon in the district', `${today}T12:00:00+07:00`],
    ['midnight in UTC', `${today}T00:00:00Z`],
  ])('%s stands for its day, at every hour of that day and not before', (_, time) => {
    expect(wrong(time, `${today}T00:00:00`)).toBeUndefined();
    expect(wrong(time, `${today}T00:34:00`)).toBeUndefined();
    expect(wrong(time, '2026-11-29T23:54:59')).toBe('time');
    // A millisecond beside it is an instant.
    expect(wrong(new Date(Date.parse(time) + 1).toISOString(), `${today}T00:34:00`)).toBe('time');
  });

  test('is judged by the first day too', () => {
    expect(wrong('1990-01-01T00:00:00+07:00', `${today}T12:00:00`)).toBeUndefined();
    expect(wrong('1989-12-31T23:59:59+07:00', `${today}T12:00:00`)).toBe('time');
  });
});

test('what a definition says itself comes beside, once a field', () => {
  const definition = definitionOf('incident-reported')!;
  const fact = { incidentId: 'i', kind: 'crash', severity: 2, occurredAt: '2026-12-09T00:00:00Z' };
  expect(implausibleFields(definition, fact, hoursOfToday[1]!).map(({ field }) => field)).toEqual(['occurredAt']);
  const own = { ...definition, dates: 'computed' as const };
  expect(implausibleFields(own, fact, hoursOfToday[1]!)).toEqual([
    {
      field: 'occurredAt',
      value: '2026-12-09T00:00:00Z',
      reason: 'not after 2026-11-30',
      words: { vi: 'không sau 30/11/2026', en: 'not after 2026-11-30' },
    },
  ]);
});
