import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../../testing/given.ts';
import { serve } from '../../testing/serve.ts';
import EconomyScreen from './EconomyScreen.svelte';

const revenue = (month: number, value: number) => ({
  series: 'revenue',
  indicatorId: 'budget-revenue',
  areaId: 'q7',
  periodStart: `2021-0${month}-01`,
  periodEnd: `2021-0${month}-28`,
  value,
  unit: 'VND',
  name: 'Thu ngân sách',
  source: 'Chi cục thuế',
  knownAt: '2021-08-03T02:00:00Z',
  revision: 1,
  previousValue: null,
});
const answers = {
  '/api/economy/active-series': {
    points: [
      { day: '2021-08-01', value: 900 },
      { day: '2021-08-02', value: 700 },
      { day: '2021-08-24', value: 4500 },
    ],
  },
  '/api/economy/sectors': {
    sectors: [
      {
        sector: 'Ăn uống',
        total: 8,
        open: 3,
        restricted: 1,
        suspended: 4,
        closed: 0,
        list: '/api/economy/businesses?sector=x',
      },
      { sector: null, total: 2, open: 2, restricted: 0, suspended: 0, closed: 0, list: null },
    ],
  },
  '/api/economy/indicators': { items: [revenue(6, 395e9), revenue(7, 205e9)] },
};
const told = {
  vi: {
    turn: '700 → 4.500',
    noSector: 'chưa rõ ngành',
    revenue: 'Doanh thu, thu ngân sách và chỉ số',
    fall: '-48,1%',
    noTarget: 'chưa rõ',
    noTargets: /Chưa có chỉ tiêu nào/,
    none: /Chưa nguồn nào công bố/,
  },
  en: {
    turn: '700 → 4,500',
    noSector: 'sector not known',
    revenue: 'Revenue, budget income and indicators',
    fall: '-48.1%',
    noTarget: 'not known',
    noTargets: /There are no targets/,
    none: /No source has published/,
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('from the lowest day to now; sectors with their lists; revenue beside the period before, its target said to be unknown', async () => {
    serve(answers);
    const centre = show(EconomyScreen, {}, newCentre(language));
    expect(await screen.findByText(t.turn)).toBeTruthy();
    expect(screen.getByText(t.noSector)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Ăn uống' }));
    expect(centre.openList).toMatchObject({ title: 'Ăn uống', count: 8 });
    const table = within(screen.getAllByRole('region', { name: t.revenue })[0]!);
    expect(table.getByText(t.fall)).toBeTruthy();
    expect(table.getAllByText(t.noTarget)).toHaveLength(2);
    expect(table.getByText(t.noTargets)).toBeTruthy();
  });

  test('while businesses still close, now is the lowest', async () => {
    serve({
      ...answers,
      '/api/economy/active-series': {
        points: [
          { day: '2021-08-01', value: 900 },
          { day: '2021-08-24', value: 700 },
        ],
      },
    });
    show(EconomyScreen, {}, newCentre(language));
    expect(await screen.findByText('700 → 700')).toBeTruthy();
    expect(document.querySelectorAll('svg[role="img"] circle')).toHaveLength(1);
  });

  test('nothing published is said', async () => {
    serve({ ...answers, '/api/economy/indicators': { items: [] } });
    show(EconomyScreen, {}, newCentre(language));
    expect(await screen.findByText(t.none)).toBeTruthy();
  });
});
