import { fireEvent, screen, within } from '@testing-library/svelte';
import type { Figure } from '@vungxanh/services/contracts/http.ts';
import { describe, expect, test } from 'vitest';
import { HttpProblem } from '../api/http.ts';
import { newCentre, show } from '../testing/given.ts';
import { serve } from '../testing/serve.ts';
import Figures from './Figures.svelte';

const figure = (formula: string, value: number | null, unit = 'cases'): Figure => ({
  formula,
  formulaVersion: 1,
  value,
  unit,
});
const asOf = '2021-08-24T05:00:00Z';

function loaded(language: 'vi' | 'en') {
  const centre = newCentre(language);
  centre.figures.epidemic!.data = {
    asOf,
    areas: [
      { areaId: 'tan-phu', figures: [figure('active-cases', 7), figure('cases-7d', 3), figure('unheard-of', 5)] },
      { areaId: null, figures: { 'cases-7d': figure('cases-7d', 9) } },
    ],
  };
  centre.figures['urban-order']!.data = {
    asOf,
    areas: [{ areaId: 'tan-phu', figures: [figure('violations-open', 12, 'violations')] }],
  };
  return centre;
}
const told = {
  vi: {
    epidemic: 'Dịch bệnh',
    order: 'Trật tự đô thị',
    economy: 'Kinh tế',
    others: /Số liệu khác/,
    none: 'chưa có số liệu',
    loading: 'Đang tải…',
    away: 'Kinh tế: dịch vụ không trả lời. Máy chủ trả lời lỗi 503.',
    retry: 'Thử lại',
    first: 'Ca mới trong 7 ngày',
    second: 'Ca đang điều trị',
  },
  en: {
    epidemic: 'Epidemic',
    order: 'Urban order',
    economy: 'Economy',
    others: /Other figures/,
    none: 'no data yet',
    loading: 'Loading…',
    away: 'Economy: the service does not answer. The server answered with error 503.',
    retry: 'Try again',
    first: 'New cases in 7 days',
    second: 'Cases in care',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('figures stand by service, in the order in which people read them; others come on demand', async () => {
    show(Figures, { areaId: 'tan-phu' }, loaded(language));
    const epidemic = screen.getByRole('region', { name: t.epidemic });
    const rows = () =>
      within(epidemic)
        .getAllByRole('listitem')
        .map((row) => row.textContent);
    expect(rows()).toHaveLength(2);
    expect(rows()[0]).toContain(t.first);
    expect(rows()[1]).toContain(t.second);
    expect(within(screen.getByRole('region', { name: t.order })).getByText('12')).toBeTruthy();
    expect(screen.queryByRole('region', { name: t.economy })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: t.others }));
    expect(rows()[2]).toContain('unheard-of');
  });

  test('only the figures that are asked for', () => {
    show(Figures, { areaId: 'tan-phu', only: ['cases-7d'] }, loaded(language));
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: t.others })).toBeNull();
  });

  test('a service that is away costs its own figures, and can be asked again', async () => {
    const asked = serve({ '/api/economy/figures': { asOf, areas: [] } });
    const centre = loaded(language);
    centre.figures.economy!.error = new HttpProblem(503, 'x');
    show(Figures, { areaId: 'tan-phu' }, centre);
    expect(screen.getByText(t.away)).toBeTruthy();
    expect(screen.getByText(t.first)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.retry }));
    expect(asked.map(({ path }) => path)).toContain('/api/economy/figures');
    expect(asked[0]!.query).toEqual({ district: 'q7', language });
  });

  test('nothing loaded yet, and nothing there, are not the same', () => {
    const centre = newCentre(language);
    centre.figures.epidemic!.loading = true;
    show(Figures, { areaId: 'tan-phu' }, centre);
    expect(screen.getByText(t.loading)).toBeTruthy();
  });

  test('an area of which nothing is counted says so', () => {
    show(Figures, { areaId: 'phu-my' }, loaded(language));
    expect(screen.getByText(t.none)).toBeTruthy();
  });
});

test('a count of the whole district that names no area is the district’s', () => {
  show(Figures, { areaId: 'q7' }, loaded('vi'));
  expect(screen.getByText('9')).toBeTruthy();
});
