import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGroupedBeyond, NumberFormatEvidence } from './number-format.ts';
import { type NumberFormat, parseNumber, parsePeople, readingsOf } from './numbers.ts';
import { ValueError } from './value-error.ts';

const locales = { vi: 'vi-VN', en: 'en-US' } as const;
const written = (value: number, format: NumberFormat) =>
  value.toLocaleString(locales[format], { maximumFractionDigits: 3 });

function decide(texts: string[], holds: 'count' | 'whole' | 'any' = 'count', elsewhere?: NumberFormat) {
  const evidence = new NumberFormatEvidence(holds);
  for (const [index, text] of texts.entries()) evidence.observe(text, index + 2);
  return evidence.decide(elsewhere);
}

test('a number is a group of thousands only beyond what the column can hold: at the bound it may still be one', () => {
  expect([isGroupedBeyond('12.000', 11_999), isGroupedBeyond('12.000', 12_000)]).toEqual([true, false]);
  expect(isGroupedBeyond('12000', 10)).toBe(false);
});

describe('readings', () => {
  test.each([
    ['12.000', { en: 12, vi: 12_000 }],
    ['12,5', { vi: 12.5 }],
    ['12.5', { en: 12.5 }],
    ['0.125', { en: 0.125 }],
    ['1234.567', { en: 1234.567 }],
    ['1.234,5', { vi: 1234.5 }],
    ['1,234.5', { en: 1234.5 }],
    ['1.234.567', { vi: 1_234_567 }],
    ['1 234,5', { vi: 1234.5 }],
    ['1 234.5', { en: 1234.5 }],
    ['1 234', { en: 1234, vi: 1234 }],
    // Spaces make the groups, so the point stands before decimals.
    ['1 234.500', { en: 1234.5 }],
    ['1 234,500', { vi: 1234.5 }],
    ['\u2212 5', {}],
    ['\u22125', { en: -5, vi: -5 }],
    ['12 34', {}],
    ['1.2.3', {}],
    ['', {}],
    ['.', {}],
  ])('%s', (text, readings) => {
    expect(readingsOf(text)).toEqual(readings);
  });

  test('each convention reads what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom('vi', 'en'), (thousandths, format) => {
        const value = thousandths / 1000;
        expect(parseNumber(written(value, format), format)).toBeCloseTo(value, 6);
      }),
    );
  });
});

describe('a column of counts', () => {
  test('one count from 1000 on that is no round thousand tells how all are written', () => {
    const count = fc.integer({ min: 0, max: 9_999_999 });
    fc.assert(
      fc.property(fc.array(count, { maxLength: 8 }), count, fc.constantFrom('vi', 'en'), (others, telling, format) => {
        fc.pre(telling >= 1000 && telling % 1000 !== 0);
        expect(decide([...others, telling].map((value) => written(value, format)))).toEqual({ format });
      }),
    );
  });

  test('is never read as a thousandth of what it says', () => {
    const grouped = fc
      .tuple(
        fc.integer({ min: 1, max: 999 }),
        fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 2 }),
      )
      .chain(([first, groups]) =>
        fc.constantFrom('.', ',').map((mark) => ({
          text: [first, ...groups.map((group) => String(group).padStart(3, '0'))].join(mark),
          value: Number([first, ...groups.map((group) => String(group).padStart(3, '0'))].join('')),
        })),
      );
    const other = fc.constantFrom('7', '850', '12.5', '12,5', '5.0', '1 234', '<5', 'x', '1e3', '27613.09', '0,5');
    fc.assert(
      fc.property(
        fc.array(grouped, { minLength: 1, maxLength: 4 }),
        fc.array(other, { maxLength: 3 }),
        (cells, others) => {
          const decision = decide([...others, ...cells.map(({ text }) => text)]);
          if ('problem' in decision) return;
          for (const { text, value } of cells) expect(parseNumber(text, decision.format)).toBe(value);
        },
      ),
    );
  });

  test('what other columns say is taken where it makes groups, and not where it would make decimals', () => {
    expect(decide(['12.000'], 'count', 'vi')).toEqual({ format: 'vi' });
    expect(decide(['12.000'], 'count', 'en')).toHaveProperty('problem');
    expect(decide(['12,000'], 'count', 'en')).toEqual({ format: 'en' });
    expect(decide(['850'], 'count', 'vi')).toEqual({});
  });

  test('a fraction makes every number of the column doubtful; where a cell may be spared it is one wrong cell', () => {
    expect(decide(['12', '38.45'])).toMatchObject({ line: 3, problem: { vi: expect.stringContaining('38.45') } });
    expect(decide(['12', '0.5'], 'whole')).toEqual({ format: 'en' });
    expect(decide(['27613.09'])).toEqual({ format: 'en' });
  });
});

describe('a column of any numbers', () => {
  test.each([
    [['1.234', '12,5'], { format: 'vi' }],
    [['1.234', '12.5'], { format: 'en' }],
    [['1,234', '0.5'], { format: 'en' }],
    [['98', '7'], {}],
  ])('%j', (texts, decision) => {
    expect(decide(texts, 'any')).toEqual(decision);
  });

  test('two ways, and none: asked with both cells', () => {
    expect(decide(['12,5', '7', '12.5'], 'any')).toMatchObject({
      line: 4,
      problem: { en: expect.stringContaining('"12,5" (line 2) and "12.5" (line 4)') },
    });
    expect(decide(['98,765'], 'any')).toMatchObject({
      line: 2,
      problem: { en: expect.stringContaining('may be 98.765 or 98765') },
    });
    expect(decide(['98,765'], 'any', 'vi')).toEqual({ format: 'vi' });
  });
});

test('people may be estimated in parts from 1000 on', () => {
  expect(parsePeople('27613.09')).toBe(27_613);
  expect(parsePeople('1000.5')).toBe(1001);
  expect(() => parsePeople('999.5')).toThrow(ValueError);
  expect(() => parsePeople('38.45')).toThrow('from 1000 on');
});
