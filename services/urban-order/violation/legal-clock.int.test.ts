import sql, { type Sql } from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryDatabase } from '#platform/testing/servers.ts';
import { dueAt, overdueAt } from './legal-clock.ts';

type Clock = {
  from: string;
  hours?: number;
  days?: number;
  workingDays?: number;
  months?: number;
  on?: string;
};

describe('when a step is due, in rows', () => {
  let server: Awaited<ReturnType<typeof temporaryDatabase>>;
  beforeAll(async () => {
    server = await temporaryDatabase();
  });
  afterAll(() => server.drop());

  const ask = async <Answer>(expression: Sql, { from, hours, days, workingDays, months, on }: Clock) => {
    const { rows } = await server.database.query<{ answer: Answer }>(
      sql`SELECT ${expression} AS answer FROM (SELECT ${from}::timestamptz AS due_from, ${hours ?? null}::int AS due_hours,
         ${days ?? null}::int AS due_days, ${workingDays ?? null}::int AS due_working_days, ${months ?? null}::int AS due_months, ${on ?? null}::date AS due_on) v`,
    );
    return rows[0]!.answer;
  };
  const dueOn = async (clock: Clock, timeZone: string) =>
    (await ask<Date | null>(dueAt(timeZone), clock))?.toISOString();
  const overdue = (clock: Clock, instant: string, timeZone: string) =>
    ask<boolean>(overdueAt({ timeZone, instant }), clock);

  // The last moment that is not overdue, and the first that is.
  const vietnam = 'Asia/Ho_Chi_Minh';
  test.each<[string, Clock, string, string]>([
    ['48 hours from the minute', { from: '2021-11-01T02:00:00Z', hours: 48 }, vietnam, '2021-11-03T02:00:00.000Z'],
    ['24 hours from the second', { from: '2021-11-01T02:00:30Z', hours: 24 }, vietnam, '2021-11-02T02:00:30.000Z'],
    [
      'two local days, from the morning',
      { from: '2021-11-03T02:30:00Z', days: 2 },
      vietnam,
      '2021-11-05T17:00:00.000Z',
    ],
    [
      'two local days, from the last second',
      { from: '2021-11-03T16:59:59Z', days: 2 },
      vietnam,
      '2021-11-05T17:00:00.000Z',
    ],
    [
      'two local days, from midnight: the last one is a Saturday, and Monday is the next on which offices work',
      { from: '2021-11-03T17:00:00Z', days: 2 },
      vietnam,
      '2021-11-08T17:00:00.000Z',
    ],
    [
      'a day that the decision names',
      { from: '2021-11-03T02:30:00Z', on: '2021-12-01' },
      vietnam,
      '2021-12-01T17:00:00.000Z',
    ],
    [
      'the day before days and hours',
      { from: '2021-11-03T02:30:00Z', on: '2021-12-01', days: 2, hours: 1 },
      vietnam,
      '2021-12-01T17:00:00.000Z',
    ],
    ['hours before days', { from: '2021-11-03T02:30:00Z', days: 2, hours: 1 }, vietnam, '2021-11-03T03:30:00.000Z'],
    // New York turns its clocks back in the night to 2021-11-07: hours are hours, and days end at the wall's midnight.
    [
      '48 hours over a change of clocks',
      { from: '2021-11-06T04:00:00Z', hours: 48 },
      'America/New_York',
      '2021-11-08T04:00:00.000Z',
    ],
    [
      'local days over a change of clocks',
      { from: '2021-11-06T04:00:00Z', days: 2 },
      'America/New_York',
      '2021-11-09T05:00:00.000Z',
    ],
    // Working days by the calendar: Friday 28 January 2022 is the last before Tết, Monday 7 February the next.
    ['2 working days over Tết', { from: '2022-01-27T03:00:00Z', workingDays: 2 }, vietnam, '2022-02-07T17:00:00.000Z'],
    ['2 working days in a week', { from: '2022-03-01T03:00:00Z', workingDays: 2 }, vietnam, '2022-03-03T17:00:00.000Z'],
    [
      '2 working days from a Friday',
      { from: '2022-03-04T03:00:00Z', workingDays: 2 },
      vietnam,
      '2022-03-08T17:00:00.000Z',
    ],
    [
      '7 working days over National Day',
      { from: '2022-08-29T03:00:00Z', workingDays: 7 },
      vietnam,
      '2022-09-09T17:00:00.000Z',
    ],
    // A Saturday that is worked in exchange for a Friday off: 26 April for 2 May 2025.
    ['a worked Saturday', { from: '2025-04-25T03:00:00Z', workingDays: 1 }, vietnam, '2025-04-26T17:00:00.000Z'],
    ['the day off in exchange', { from: '2025-04-29T03:00:00Z', workingDays: 1 }, vietnam, '2025-05-05T17:00:00.000Z'],
    ['a month', { from: '2022-03-01T03:00:00Z', months: 1 }, vietnam, '2022-04-01T17:00:00.000Z'],
    [
      'a month from the 31st ends with the shorter month, a Saturday: the holidays of 30 April put it off to 4 May',
      { from: '2022-03-31T03:00:00Z', months: 1 },
      vietnam,
      '2022-05-04T17:00:00.000Z',
    ],
    ['two months', { from: '2022-03-01T03:00:00Z', months: 2 }, vietnam, '2022-05-04T17:00:00.000Z'],
    // Another country's offices: weekends alone are known.
    [
      '2 working days elsewhere over Tết',
      { from: '2022-01-27T15:00:00Z', workingDays: 2 },
      'America/New_York',
      '2022-02-01T05:00:00.000Z',
    ],
  ])('%s', async (_name, clock, zone, due) => {
    expect(await dueOn(clock, zone)).toBe(due);
    const before = new Date(Date.parse(due) - 1).toISOString();
    expect([await overdue(clock, before, zone), await overdue(clock, due, zone)]).toEqual([false, true]);
  });

  test('where nothing is due nothing is overdue', async () => {
    const clock = { from: '2021-11-03T02:30:00Z' };
    expect(await dueOn(clock, vietnam)).toBeUndefined();
    expect(await overdue(clock, '2099-01-01T00:00:00Z', vietnam)).toBe(false);
  });
});
