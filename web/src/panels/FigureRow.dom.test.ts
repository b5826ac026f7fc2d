import { fireEvent, screen } from '@testing-library/svelte';
import type { Figure } from '@vungxanh/services/contracts/http.ts';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import FigureRow from './FigureRow.svelte';

const cases: Figure = {
  formula: 'cases-7d',
  formulaVersion: 1,
  value: 1234,
  unit: 'cases',
  list: '/api/epidemic/lists/cases-7d?areaId=tan-phu',
};
const coverage: Figure = {
  formula: 'coverage-full',
  formulaVersion: 2,
  value: 0.625,
  unit: 'share',
  numerator: 16_250,
  denominator: 26_000,
  estimated: true,
  list: '/api/epidemic/lists/coverage-full?areaId=tan-phu',
};
const rate: Figure = { formula: 'incidence-7d', formulaVersion: 1, value: 47.55, unit: 'per 100,000 in 7 days' };

const told = {
  vi: {
    name: 'Ca mới trong 7 ngày',
    value: 'Ca mới trong 7 ngày: 1.234 ca. Mở danh sách',
    zero: 'Ca mới trong 7 ngày: 0 ca. Mở danh sách',
    rate: '47,6',
    none: 'chưa có số liệu',
    silent: 'chưa có báo cáo',
    why: 'vì sao',
    through: 'đến 23/08',
    coverage: 'Đã tiêm đủ liều',
    coverageValue: /^Đã tiêm đủ liều: 62,5\s?% \. Mở danh sách$/,
    open: 'Mở danh sách',
    how: ['Số người đủ liều chia cho dân số.', '16.250', '26.000 (mẫu số ước tính)', 'coverage-full, phiên bản 2'],
    noExplanation: 'Dịch vụ không kèm lời giải thích.',
  },
  en: {
    name: 'New cases in 7 days',
    value: 'New cases in 7 days: 1,234 cases. Open the list',
    zero: 'New cases in 7 days: 0 cases. Open the list',
    rate: '47.6',
    none: 'no data yet',
    silent: 'no report',
    why: 'the reason why',
    through: 'through 08-23',
    coverage: 'Fully vaccinated',
    coverageValue: /^Fully vaccinated: 62.5% \. Open the list$/,
    open: 'Open the list',
    how: [
      'People fully vaccinated over population.',
      '16,250',
      '26,000 (estimated denominator)',
      'coverage-full, version 2',
    ],
    noExplanation: 'The service gave no explanation.',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('a figure has its name, its number and its unit', () => {
    show(FigureRow, { areaId: 'tan-phu', figure: cases }, newCentre(language));
    expect(screen.getByRole('button', { name: t.value }).textContent?.trim()).toMatch(/^1[.,]234$/);
    expect(screen.getByText(t.name)).toBeTruthy();
  });

  test('a figure without rows behind it is a number that opens nothing', () => {
    show(FigureRow, { areaId: 'tan-phu', figure: rate }, newCentre(language));
    expect(screen.getByText(t.rate)).toBeTruthy();
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });

  test('a value that is not known is said, and is no zero', () => {
    show(FigureRow, { areaId: 'tan-phu', figure: { ...cases, value: null } }, newCentre(language));
    expect(screen.getByText(t.none)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /: / })).toBeNull();
    expect(screen.queryByText('0')).toBeNull();
  });

  test('why there is no number is said in a few words and in a sentence, and of which days a number is', () => {
    const silent: Figure = { ...cases, value: null, reason: 'no-report', note: { vi: 'vì sao', en: 'the reason why' } };
    show(FigureRow, { areaId: 'tan-phu', figure: silent }, newCentre(language));
    expect(screen.getByText(t.silent)).toBeTruthy();
    expect(screen.getByText(t.why)).toBeTruthy();
    show(
      FigureRow,
      { areaId: 'tan-phu', figure: { ...cases, note: { vi: 'đến 23/08', en: 'through 08-23' } } },
      newCentre(language),
    );
    expect(screen.getByText(t.through)).toBeTruthy();
  });

  test('none is a number, and its empty list can be opened', async () => {
    const centre = show(FigureRow, { areaId: 'tan-phu', figure: { ...cases, value: 0 } }, newCentre(language));
    await fireEvent.click(screen.getByRole('button', { name: t.zero }));
    expect(centre.openList?.count).toBe(0);
  });

  test('the number opens its rows, which must come to it', async () => {
    const centre = show(FigureRow, { areaId: 'tan-phu', figure: cases }, newCentre(language));
    await fireEvent.click(screen.getByRole('button', { name: t.value }));
    expect(centre.openList).toEqual({ areaId: 'tan-phu', formula: 'cases-7d', address: cases.list, count: 1234 });
  });

  test('how a share is computed is told on demand; its rows must come to the numerator', async () => {
    const centre = newCentre(language);
    centre.formulas.data = [
      {
        id: 'coverage-full',
        version: 2,
        unit: 'share',
        explanation: { vi: 'Số người đủ liều chia cho dân số.', en: 'People fully vaccinated over population.' },
      },
    ];
    show(FigureRow, { areaId: 'tan-phu', figure: coverage }, centre);
    const name = screen.getByRole('button', { name: new RegExp(`${t.coverage}$`) });
    expect(name.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByText(t.how[0]!)).toBeNull();
    await fireEvent.click(name);
    for (const text of t.how) expect(screen.getByText(text)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.open }));
    expect(centre.openList?.count).toBe(16_250);
    expect(screen.getByRole('button', { name: t.coverageValue })).toBeTruthy();
  });

  test('a figure that nobody explains says so', async () => {
    show(FigureRow, { areaId: 'tan-phu', figure: rate }, newCentre(language));
    await fireEvent.click(screen.getByRole('button'));
    expect(screen.getByText(t.noExplanation)).toBeTruthy();
  });
});
