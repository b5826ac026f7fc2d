import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDay, parseInstant } from './dates.ts';
import { DayOrderEvidence } from './day-order.ts';

const days = fc
  .integer({ min: -25_000, max: 40_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

test('a day comes back from every way of writing it', () => {
  fc.assert(
    fc.property(days, fc.boolean(), fc.constantFrom('/', '-', '.'), (iso, padded, mark) => {
      const [year, month, day] = iso.split('-') as [string, string, string];
      const [d, m] = padded ? [day, month] : [String(Number(day)), String(Number(month))];
      expect(parseDay(iso, 'UTC')).toBe(iso);
      expect(parseDay(`${year}/${m}/${d}`, 'UTC')).toBe(iso);
      expect(parseDay(` ${d}${mark}${m}${mark}${year} `, 'UTC', 'dmy')).toBe(iso);
      expect(parseDay(`${m}${mark}${d}${mark}${year}`, 'UTC', 'mdy')).toBe(iso);
    }),
  );
});

test('an instant comes back with a zone; without one it is local time, and a day alone is noon', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 200_000_000, max: 4_000_000_000 }),
      fc.integer({ min: -14 * 60, max: 14 * 60 }),
      (second, offset) => {
        const ms = second * 1000;
        const sign = offset < 0 ? '-' : '+';
        const two = (value: number) => String(value).padStart(2, '0');
        const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
        const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
        expect(parseInstant(`${local}${zone}`, 'UTC')).toBe(new Date(ms).toISOString());
        // Saigon kept UTC+8 until June 1975 (IANA tz); the property begins in 1976.
        const saigon = new Date(ms + 7 * 3_600_000).toISOString().slice(0, 19);
        expect(parseInstant(saigon, 'Asia/Ho_Chi_Minh')).toBe(new Date(ms).toISOString());
      },
    ),
  );
  expect(parseInstant('2021-07-04', 'America/New_York')).toBe('2021-07-04T16:00:00.000Z');
  expect(parseInstant('7/4/2021 3:05 PM', 'America/New_York', 'mdy')).toBe('2021-07-04T19:05:00.000Z');
  expect(parseInstant('04/07/2021 15:05', 'Asia/Ho_Chi_Minh', 'dmy')).toBe('2021-07-04T08:05:00.000Z');
});

test.each([
  ['31/02/2021', 'dmy', '1 to 28'],
  ['13/13/2021', 'dmy', '1 to 12'],
  ['44197', 'dmy', 'spreadsheet'],
  ['1/2/21', 'dmy', 'four'],
  ['hôm qua', 'dmy', 'not a date'],
  ['2021-02-30', undefined, '1 to 28'],
  ['2021-01-01T25:00', undefined, '23:59'],
] as const)('%s is refused with the bound', (text, order, reason) => {
  expect(() => parseInstant(text, 'UTC', order)).toThrow(reason);
});

test('a column decides the order of day and month over the whole file', () => {
  const decide = (...texts: string[]) => {
    const evidence = new DayOrderEvidence();
    texts.forEach((text, index) => {
      evidence.observe(text, index + 2);
    });
    return evidence.decide();
  };
  expect(decide('1/2/2021', '25/12/2021')).toEqual({ order: 'dmy' });
  expect(decide('1/2/2021', '12/25/2021 10:00')).toEqual({ order: 'mdy' });
  expect(decide('5/5/2021', '6/6/2021')).toEqual({ order: 'dmy' });
  expect(decide('2021-12-25')).toEqual({});
  expect(decide('1/2/2021', '3/4/2021')).toMatchObject({ line: 2, problem: expect.stringContaining('--date-format') });
  expect(decide('25/12/2021', '12/25/2021')).toMatchObject({ line: 3, problem: expect.stringContaining('mixes') });
});

test('whatever the days are, a file written in one order is never read in the other', () => {
  fc.assert(
    fc.property(
      fc.array(days, { minLength: 1, maxLength: 40 }),
      fc.constantFrom('dmy' as const, 'mdy' as const),
      (list, order) => {
        const texts = list.map((iso) => {
          const [year, month, day] = iso.split('-');
          return order === 'dmy' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
        });
        const evidence = new DayOrderEvidence();
        texts.forEach((text, line) => {
          evidence.observe(text, line);
        });
        const decision = evidence.decide();
        if ('problem' in decision) return;
        expect(texts.map((text) => parseDay(text, 'UTC', decision.order))).toEqual(list);
      },
    ),
  );
});
