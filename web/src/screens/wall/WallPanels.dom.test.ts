import { screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../../testing/given.ts';
import WallPanels from './WallPanels.svelte';

const figure = (formula: string, value: number | null, unit: string) => ({ formula, formulaVersion: 1, value, unit });
const told = {
  vi: {
    district: 'Quận 7',
    figures: ['Ca mới 7 ngày / 100.000 dân 152', 'Giường trống –', 'Vi phạm chưa xử lý xong 1.204'],
    clock: '12:00 24/08/2021',
    title: 'Khu vực cần chú ý',
    by: { cases: 'theo số ca mới 7 ngày / 100.000 dân', score: 'theo điểm nguy cơ hai tuần tới' },
  },
  en: {
    district: 'District 7',
    figures: ['New cases, 7 days / 100,000 152', 'Free beds –', 'Violations unresolved 1,204'],
    clock: '12:00 24/08/2021',
    title: 'Areas to watch',
    by: { cases: 'by new cases in 7 days per 100,000 people', score: 'by risk score for the next two weeks' },
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  const opened = () => {
    const centre = newCentre(language);
    const asOf = '2021-08-24T05:00:00Z';
    centre.figures.epidemic!.data = {
      asOf,
      areas: [
        {
          areaId: null,
          figures: [
            figure('beds-free', null, 'beds'),
            figure('incidence-7d', 151.7, 'per 100,000 in 7 days'),
            figure('coverage-one-dose', 0.5, 'share'),
          ],
        },
      ],
    };
    centre.figures['urban-order']!.data = {
      asOf,
      areas: [{ areaId: null, figures: [figure('violations-open', 1204, 'violations')] }],
    };
    return centre;
  };

  test('a few large figures of the district, in their order; what is not known is no zero; the clock of the place', () => {
    show(WallPanels, {}, opened());
    const section = screen.getByRole('region', { name: t.district });
    const lines = [...section.querySelectorAll('p')].map((line) => line.textContent?.replace(/\s+/g, ' ').trim());
    expect(lines).toEqual(t.figures);
    expect(within(section).getByText(t.clock)).toBeTruthy();
  });

  test('the list of areas says by what it is ordered', async () => {
    const centre = show(WallPanels, {}, opened());
    expect(screen.getByRole('heading', { name: t.title })).toBeTruthy();
    expect(screen.getByText(t.by.cases)).toBeTruthy();
    centre.outlook.colouring = 'score';
    expect(await screen.findByText(t.by.score)).toBeTruthy();
  });
});

test('a wall has nothing to press but the areas', () => {
  show(WallPanels, {}, newCentre('vi'));
  expect(screen.queryByRole('checkbox')).toBeNull();
  expect(screen.queryByRole('radio')).toBeNull();
});
