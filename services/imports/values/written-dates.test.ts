import { describe, expect, test } from 'vitest';
import { dayOrderEvidence, parseDay, parseInstant } from './dates.ts';
import { DayOrderEvidence } from './day-order.ts';
import { ValueError } from './value-error.ts';

const fault = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof ValueError) return error.message;
    throw error;
  }
  return undefined;
};
const dayFault = (text: string, order: 'dmy' | 'mdy' | undefined = 'dmy') =>
  fault(() => parseDay(text, 'Asia/Ho_Chi_Minh', order));

describe('days', () => {
  test.each([
    ['2021-7-4', undefined, '2021-07-04'],
    ['2021.07.04', undefined, '2021-07-04'],
    // The instant of an exported midnight is the next day here; midnight UTC is how a day alone is exported.
    ['2021-07-04T16:59:59Z', undefined, '2021-07-04'],
    ['2021-07-04T17:00:00.000Z', undefined, '2021-07-05'],
    ['2021-07-04T23:59:59+07:00', undefined, '2021-07-04'],
    ['2021-07-04T23:59:59-04:00', undefined, '2021-07-05'],
    ['2021-07-04T00:00:00.000Z', undefined, '2021-07-04'],
    ['2021-07-04 23:59+07:00', undefined, '2021-07-04'],
    ['4/7/2021 11:59 PM', 'dmy', '2021-07-04'],
    ['4.7.2021', 'mdy', '2021-04-07'],
    ['29/02/2020', 'dmy', '2020-02-29'],
    ['01/01/1800', 'dmy', '1800-01-01'],
    ['31/12/2200', 'dmy', '2200-12-31'],
  ] as const)('%s (%s) is %s', (text, order, day) => {
    expect(parseDay(text, 'Asia/Ho_Chi_Minh', order)).toBe(day);
  });

  test.each([
    ['29/02/2021', 'day 29 of month 2 in 2021: 1 to 28'],
    ['30/02/2020', 'day 30 of month 2 in 2020: 1 to 29'],
    ['31/04/2021', 'day 31 of month 4 in 2021: 1 to 30'],
    ['0/4/2021', 'day 0 of month 4 in 2021: 1 to 30'],
    ['32/12/2021', 'day 32 of month 12 in 2021: 1 to 31'],
    ['1/0/2021', 'month 0: 1 to 12'],
    ['1/13/2021', 'month 13: 1 to 12'],
    ['31/12/1799', 'year 1799: 1800 to 2200'],
    ['1/1/2201', 'year 2201: 1800 to 2200'],
    ['44197', 'a spreadsheet day number, not a date; format the column as a date and save again'],
    ['44197.25', 'a spreadsheet day number, not a date; format the column as a date and save again'],
    ['1/2/21', 'the year has two digits; four are wanted'],
    ['01-02-21 10:00', 'the year has two digits; four are wanted'],
    ...[
      '',
      '4419',
      '441970',
      '44197.',
      'x44197',
      '44197x',
      '1/2/212',
      'a1/2/21',
      '20210704',
      '2021-07',
      '2021-07-04x',
      'x2021-07-04',
      '4/7/2021x',
      'x4/7/2021',
      '2021-07-04T1',
      '4/7/2021 15',
    ].map((text) => [text, 'not a date (YYYY-MM-DD, dd/mm/yyyy or m/d/yyyy, with or without time)']),
  ])('%s is none: %s', (text, reason) => {
    expect(dayFault(text!)).toBe(reason);
  });

  test('the year last needs to know which of the other two is the day', () => {
    expect(dayFault('4/7/2021', undefined)).toBeUndefined();
    expect(fault(() => parseDay('4/7/2021', 'Asia/Ho_Chi_Minh'))).toBe(
      'day and month cannot be told apart in this column; say --date-format dmy or mdy',
    );
  });
});

describe('instants', () => {
  const at = (text: string, order: 'dmy' | 'mdy' = 'dmy') => parseInstant(text, 'Asia/Ho_Chi_Minh', order);
  test.each([
    ['2021-07-04T00:00', '2021-07-03T17:00:00.000Z'],
    ['2021-07-04 8:05', '2021-07-04T01:05:00.000Z'],
    ['2021-07-04T08:05:06', '2021-07-04T01:05:06.000Z'],
    ['2021-07-04T08:05:06.25', '2021-07-04T01:05:06.250Z'],
    ['2021-07-04T08:05:06.0004', '2021-07-04T01:05:06.000Z'],
    ['2021-07-04T08:05:06.0006', '2021-07-04T01:05:06.001Z'],
    ['2021-07-04T23:59:59.999', '2021-07-04T16:59:59.999Z'],
    ['2021-07-04T08:05Z', '2021-07-04T08:05:00.000Z'],
    ['2021-07-04T08:05z', '2021-07-04T08:05:00.000Z'],
    ['2021-07-04T08:05 +02:30', '2021-07-04T05:35:00.000Z'],
    ['2021-07-04T08:05-0330', '2021-07-04T11:35:00.000Z'],
    ['2021-07-04', '2021-07-04T05:00:00.000Z'],
    ['4/7/2021', '2021-07-04T05:00:00.000Z'],
    ['4/7/2021  8:05:07', '2021-07-04T01:05:07.000Z'],
    ['4/7/2021 8:05:07.25   pm', '2021-07-04T13:05:07.250Z'],
    ['4/7/2021T8:05:07.5', '2021-07-04T01:05:07.500Z'],
    ['4/7/2021 12:00 AM', '2021-07-03T17:00:00.000Z'],
    ['4/7/2021 12:30 pm', '2021-07-04T05:30:00.000Z'],
    ['4/7/2021 1:00AM', '2021-07-03T18:00:00.000Z'],
    ['4/7/2021 11:59:59 PM', '2021-07-04T16:59:59.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(at(text)).toBe(instant);
  });

  test.each([
    ['2021-07-04T24:00', 'time 24:0:0: up to 23:59:59'],
    ['2021-07-04T23:60', 'time 23:60:0: up to 23:59:59'],
    ['2021-07-04T23:59:60', 'time 23:59:60: up to 23:59:59'],
    ['4/7/2021 0:30 AM', 'hour 0 with AM: 1 to 12'],
    ['4/7/2021 13:30 PM', 'hour 13 with PM: 1 to 12'],
  ])('%s is none: %s', (text, reason) => {
    expect(fault(() => at(text))).toBe(reason);
  });
});

describe('what a column says of the order of day and month', () => {
  test('two numbers before a year of four digits, with or without time', () => {
    expect(dayOrderEvidence(' 31/12/2021 ')).toEqual({ first: 31, second: 12 });
    expect(dayOrderEvidence('1.2.2021 10:00 PM')).toEqual({ first: 1, second: 2 });
    for (const text of ['2021-12-31', '31/12/21', 'x31/12/2021', '31/12/2021x', ''])
      expect(dayOrderEvidence(text)).toBeUndefined();
  });

  const decide = (...texts: string[]) => {
    const evidence = new DayOrderEvidence();
    for (const [index, text] of texts.entries()) evidence.observe(text, index + 1);
    return evidence.decide();
  };

  test('a number above 12 is a day; 12 is none', () => {
    expect(decide('13/1/2021')).toEqual({ order: 'dmy' });
    expect(decide('1/13/2021')).toEqual({ order: 'mdy' });
    const undecided = {
      problem: 'no date in the column tells whether day or month stands first; say --date-format dmy or mdy',
      line: 1,
    };
    expect(decide('12/1/2021')).toEqual(undecided);
    expect(decide('1/12/2021')).toEqual(undecided);
    expect(decide('1/2/2021', '3/4/2021')).toEqual(undecided);
  });

  test('both kinds contradict each other: the first of each is named, the later one is the line', () => {
    expect(decide('1/1/2021', '13/1/2021', '14/1/2021', '1/13/2021', '1/14/2021')).toEqual({
      problem: 'the column mixes dd/mm (line 2) and mm/dd (line 4)',
      line: 4,
    });
    expect(decide('1/13/2021', '1/1/2021', '13/1/2021')).toEqual({
      problem: 'the column mixes dd/mm (line 3) and mm/dd (line 1)',
      line: 3,
    });
  });

  test('days that are their own months, and no such date at all', () => {
    expect(decide('5/5/2021')).toEqual({ order: 'dmy' });
    expect(decide('2021-05-05', 'x')).toEqual({});
    expect(decide()).toEqual({});
  });
});
