import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { areaSeriesAnswer } from '../../testing/area-series.ts';
import { newCentre, show } from '../../testing/given.ts';
import { withRisks } from '../../testing/risk.ts';
import { serve } from '../../testing/serve.ts';
import EpidemicScreen from './EpidemicScreen.svelte';

/** 17 days up to 24 August: seven complete days 15–21, seven before, and three that are not complete. */
const days = (earlier: number, week: number, late: number) => [
  ...Array.from({ length: 7 }, () => earlier),
  ...Array.from({ length: 7 }, () => week),
  ...Array.from({ length: 3 }, () => late),
];
const cases = { q7: days(3, 6, 1), 'tan-phu': days(2, 5, 1), 'phu-my': days(1, 1, 0) };
const statistics = {
  district: 'q7',
  areaId: 'q7',
  asOf: '2021-08-24T05:00:00Z',
  throughDate: '2021-08-23',
  series: [],
  reproduction: [
    {
      date: '2021-08-23',
      cases: 9,
      mean: 1.21,
      interval95: [0.9, 1.5],
      interval50: [1, 1.3],
      direction: 'unclear',
      hidden: null,
    },
  ],
  growth: null,
  growthHidden: null,
  serialInterval: { meanDays: 4, sdDays: 2, source: 's', verified: false },
  notIncluded: '',
  abstention: null,
};
const told = {
  vi: {
    wards: /^Các khu vực/,
    up: 'tăng 100%',
    rt: /Rt 1,21 \(95 %: 0,9 – 1,5\), chưa rõ chiều/,
    unknownRisk: /chưa rõ/,
    from: 'Từ',
    list: /^Danh sách 42 ca/,
    reset: /Về 7 ngày đủ báo cáo/,
    rowsOnly: /vai trò này không được xem số theo ngày/,
    notComplete: /chưa đủ báo cáo: số sẽ còn tăng/,
    name: 'Khu vực',
  },
  en: {
    wards: /^Areas/,
    up: 'up 100%',
    rt: /Rt 1.21 \(95%: 0.9 – 1.5\), direction unclear/,
    unknownRisk: /not known/,
    from: 'From',
    list: /^List of 42 cases/,
    reset: /Back to 7 days/,
    rowsOnly: /this role is not told daily counts/,
    notComplete: /days that are not complete/,
    name: 'Area',
  },
};
const rows = () => [...document.querySelectorAll<HTMLElement>('[data-row]')].map((row) => row.dataset.row);
const cells = (areaId: string) =>
  [...document.querySelectorAll<HTMLElement>(`[data-row="${areaId}"] td`)].map((cell) => cell.textContent?.trim());

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  const answers = {
    '/api/epidemic/area-series': areaSeriesAnswer(cases, '2021-08-24'),
    '/api/epidemic-statistics': statistics,
  };

  test('areas are ranked by seven complete days, with the change against seven before, and what is not known said', async () => {
    serve(answers);
    const centre = newCentre(language);
    withRisks(centre, [
      {
        areaId: 'tan-phu',
        score: 71,
        presentBand: 3,
        riseIn2Weeks: 0.4,
        cuts: [20, 50, 150],
        modelId: 'm',
        dataThroughDate: '2021-08-23',
        nowcastPer100k: 161,
        drivers: [{ driver: 'growth', points: 20, vi: 'Ca tăng', en: 'Cases grow' }],
      },
    ]);
    show(EpidemicScreen, {}, centre);
    await screen.findByText(t.up);
    expect(rows()).toEqual(['tan-phu', 'phu-my']);
    const [, inSpan, rate, change, , known, nowcast, , score] = cells('tan-phu');
    expect([inSpan, rate, change]).toEqual([
      '35',
      language === 'vi' ? '135' : '135',
      language === 'vi' ? '+150%' : '+150%',
    ]);
    // 17–23 August: five complete days, two that are not.
    expect([known, nowcast, score]).toEqual(['27', '161', '71']);
    expect(cells('tan-phu').at(-1)).toBe(language === 'vi' ? 'Ca tăng' : 'Cases grow');
    expect(cells('phu-my').at(-1)).toMatch(t.unknownRisk);
    expect(screen.getByText(t.rt)).toBeTruthy();
  });

  test('every column sorts; a row opens the page of its area', async () => {
    serve(answers);
    const centre = show(EpidemicScreen, {}, newCentre(language));
    await screen.findByText(t.up);
    await fireEvent.click(screen.getByRole('button', { name: t.name }));
    expect(rows()).toEqual(['phu-my', 'tan-phu']);
    await fireEvent.click(document.querySelector('[data-row="phu-my"] button')!);
    expect(centre.thing).toEqual({ noun: 'area', id: 'phu-my' });
  });

  test('a span that is chosen on the curve filters table, map and list', async () => {
    serve(answers);
    const centre = show(EpidemicScreen, {}, newCentre(language));
    await screen.findByRole('button', { name: t.list });
    const [from, to] = screen.getAllByRole('slider');
    expect(from!.getAttribute('aria-valuetext')).toBe('15/08/2021');
    await fireEvent.input(to!, { target: { value: '15' } });
    expect(cells('tan-phu')[1]).toBe('37');
    expect(screen.getByText(t.notComplete)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.reset }));
    expect(cells('tan-phu')[1]).toBe('35');
    await fireEvent.click(screen.getByRole('button', { name: t.list }));
    expect(centre.openList).toMatchObject({
      count: 42,
      address: '/api/epidemic/cases?district=q7&from=2021-08-15&to=2021-08-21',
    });
  });

  test('counts that the reader is not told are no 0', async () => {
    serve({
      ...answers,
      '/api/epidemic/area-series': areaSeriesAnswer({ q7: null, 'tan-phu': null, 'phu-my': null }, '2021-08-24'),
    });
    show(EpidemicScreen, {}, newCentre(language));
    expect((await screen.findAllByText(t.rowsOnly)).length).toBeGreaterThan(2);
    expect(cells('tan-phu')[1]).toMatch(t.rowsOnly);
  });
});

test('two moments side by side: each of its own complete week, one legend, the same area marked on both; the address keeps it', async () => {
  const earlier = { q7: [...days(3, 6, 1)], 'tan-phu': [...days(1, 1, 0)], 'phu-my': [...days(1, 1, 0)] };
  serve({
    '/api/epidemic/area-series': (asked: { query: Record<string, string> }) =>
      asked.query.to === '2021-08-17'
        ? areaSeriesAnswer(earlier, '2021-08-17')(asked)
        : areaSeriesAnswer(cases, '2021-08-24')(asked),
    '/api/epidemic-statistics': statistics,
  });
  const centre = newCentre('vi');
  centre.screen = 'epidemic';
  show(EpidemicScreen, {}, centre);
  await fireEvent.click(await screen.findByRole('button', { name: 'So với thời điểm khác' }));
  expect(centre.besideDay).toBe('2021-08-17');
  expect(centre.address()).toContain('beside=2021-08-17');
  const side = (key: string) => document.querySelector<HTMLElement>(`[data-moment="${key}"]`)!;
  await expect.poll(() => side('other').textContent).toContain('Như đã biết cuối ngày 17/08/2021');
  await expect.poll(() => side('other').textContent).toMatch(/8\/8 – 14\/8|08\/08 – 14\/08/);
  await expect.poll(() => side('here').textContent).toMatch(/15\/8 – 21\/8|15\/08 – 21\/08/);
  const area = (key: string) => side(key).querySelector('[data-span-area="tan-phu"]')!;
  await expect.poll(() => area('here').textContent).not.toBe(area('other').textContent);
  await fireEvent.pointerEnter(area('here'));
  expect(area('other').classList.contains('over')).toBe(true);
  expect(screen.getAllByRole('list', { name: /ca trên 100.000 dân/ })).toHaveLength(1);
  await fireEvent.click(screen.getByRole('button', { name: 'Thôi so sánh' }));
  expect(centre.address()).not.toContain('beside');
});
