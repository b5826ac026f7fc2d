import { fireEvent, screen } from '@testing-library/svelte';
import type { Figure } from '@vungxanh/services/contracts/http.ts';
import { describe, expect, test } from 'vitest';
import { HttpProblem } from '../api/http.ts';
import type { Centre } from '../centre.svelte.ts';
import type { RiskScored } from '../feed/issued-risk.ts';
import { newCentre, show } from '../testing/given.ts';
import { withRisks } from '../testing/risk.ts';
import { serve } from '../testing/serve.ts';
import Ranking from './Ranking.svelte';

const rows = () => screen.queryAllByRole('listitem').map((row) => row.textContent?.replace(/\s+/g, ' ').trim());

/** Rates and counts of the two wards. */
function withCases(centre: Centre, rates: Record<string, number | null>) {
  centre.figures.epidemic!.data = {
    asOf: '2021-08-24T05:00:00Z',
    areas: Object.entries(rates).map(([areaId, value]) => ({
      areaId,
      figures: {
        'incidence-7d': { formula: 'incidence-7d', formulaVersion: 1, value, unit: 'per 100,000 in 7 days' },
        ...(value === null ? {} : { 'cases-7d': { formula: 'cases-7d', formulaVersion: 1, value: 12, unit: 'cases' } }),
      },
    })),
  };
  return centre;
}
const risk = (areaId: string, more: Partial<RiskScored>): RiskScored => ({
  areaId,
  dataThroughDate: '2021-08-23',
  cuts: [20, 50, 150],
  modelId: 'm1',
  ...more,
});

const told = {
  vi: {
    byRate: ['Phường Phú Mỹ 152 12 ca / 7 ngày', 'Phường Tân Phú – chưa có số liệu'],
    byScore: [
      'Phường Tân Phú 71 12 ca / 7 ngày Số ca tăng nhanh',
      'Phường Phú Mỹ – 12 ca / 7 ngày Chưa có dân số của khu vực nên không tính được tỷ lệ.',
    ],
    silent: ['Phường Tân Phú 0 0 ca / 7 ngày', 'Phường Phú Mỹ – chưa có báo cáo lý do'],
    byRise: '> 99%',
    empty: 'Chưa có khu vực nào có số liệu',
    away: /^ ?Phường: dịch vụ không trả lời\./,
    retry: 'Thử lại',
  },
  en: {
    byRate: ['Phú Mỹ Ward 152 12 cases / 7 days', 'Tân Phú Ward – no data yet'],
    byScore: [
      'Tân Phú Ward 71 12 cases / 7 days Cases rise fast',
      'Phú Mỹ Ward – 12 cases / 7 days The population of the area is not known, so there is no rate.',
    ],
    silent: ['Tân Phú Ward 0 0 cases / 7 days', 'Phú Mỹ Ward – no report the reason'],
    byRise: '> 99%',
    empty: 'No area has figures yet',
    away: /^ ?Ward: the service does not answer\./,
    retry: 'Try again',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('areas are ordered by the rate that colours the map; what is not known stands last and is no zero', () => {
    const centre = withCases(newCentre(language), { 'phu-my': 151.7, 'tan-phu': null });
    show(Ranking, { areas: centre.wards }, centre);
    expect(rows()).toEqual(t.byRate);
  });

  test('an area of which nothing was heard says so at the end, in words and with its reason; one with too few days likewise', () => {
    const centre = newCentre(language);
    const of = (formula: string, value: number | null, reason?: string): Figure => ({
      ...{ formula, formulaVersion: 2, value, unit: 'cases' },
      ...(reason ? { reason, note: { vi: 'lý do', en: 'the reason' } } : {}),
    });
    const area = (areaId: string, value: number | null, reason?: string) => ({
      areaId,
      figures: { 'incidence-7d': of('incidence-7d', value, reason), 'cases-7d': of('cases-7d', value, reason) },
    });
    centre.figures.epidemic!.data = {
      asOf: '2021-08-24T05:00:00Z',
      areas: [area('phu-my', null, 'no-report'), area('tan-phu', 0)],
    };
    show(Ranking, { areas: centre.wards }, centre);
    expect(rows()).toEqual(t.silent);
  });

  test('coloured by risk, they are ordered by it, with its main reason; a withheld one says why', () => {
    const centre = withCases(newCentre(language), { 'phu-my': 151.7, 'tan-phu': 3 });
    withRisks(centre, [
      risk('phu-my', { abstention: { reason: 'no-population', detail: '' } }),
      risk('tan-phu', {
        score: 71,
        presentBand: 2,
        riseIn2Weeks: 0.997,
        drivers: [{ driver: 'growth', points: 9, vi: 'Số ca tăng nhanh', en: 'Cases rise fast' }],
      }),
    ]);
    centre.outlook.colouring = 'score';
    show(Ranking, { areas: centre.wards }, centre);
    expect(rows()).toEqual(t.byScore);
  });

  test('a probability is never written as certain', () => {
    const centre = newCentre(language);
    withRisks(centre, [risk('tan-phu', { score: 71, riseIn2Weeks: 0.997 })]);
    centre.outlook.colouring = 'rise';
    show(Ranking, { areas: centre.wards }, centre);
    expect(rows()[0]).toContain(t.byRise);
  });

  test('no areas yet, and areas that do not come, are said apart', async () => {
    const asked = serve({ '/api/geography/areas': { type: 'FeatureCollection', features: [] } });
    const centre = newCentre(language);
    show(Ranking, { areas: [] }, centre);
    expect(screen.getByText(t.empty)).toBeTruthy();
    centre.areas.error = new HttpProblem(503, 'x');
    await fireEvent.click(await screen.findByRole('button', { name: t.retry }));
    expect(asked[0]).toMatchObject({ path: '/api/geography/areas', query: { district: 'q7' } });
  });
});

test('an area is opened from the list, and the open one is marked', async () => {
  const centre = newCentre('vi');
  show(Ranking, { areas: centre.wards }, centre);
  await fireEvent.click(screen.getByRole('button', { name: /Phú Mỹ/ }));
  expect(centre.areaId).toBe('phu-my');
  expect(screen.getByRole('button', { pressed: true }).textContent).toContain('Phú Mỹ');
});

test('only the first of them say why; a withheld one always does', () => {
  const centre = newCentre('en');
  const drivers = [{ driver: 'growth', points: 9, vi: 'x', en: 'Cases rise fast' }];
  withRisks(centre, [risk('phu-my', { score: 10, drivers }), risk('tan-phu', { score: 71, drivers })]);
  centre.outlook.colouring = 'score';
  show(Ranking, { areas: centre.wards, reasons: 1 }, centre);
  expect(rows().map((row) => row!.includes('Cases rise fast'))).toEqual([true, false]);
});

test.each([
  ['vi', 'Chưa có ranh giới nên không thấy trên bản đồ: Phường Phú Mỹ.'],
  ['en', 'Not on the map, as their borders are not known: Phú Mỹ Ward.'],
] as const)('an area without an outline is named above the list, and stands in it (%s)', async (language, note) => {
  const centre = withCases(newCentre(language), { 'tan-phu': 1, 'phu-my': 152 });
  const all = centre.areas.data!;
  /** As the service tells it: an area of which no outline is known has none. */
  const told = (hidden: string): typeof all =>
    JSON.parse(
      JSON.stringify(all, (_, value) => (value?.properties?.areaId === hidden ? { ...value, geometry: null } : value)),
    );
  show(Ranking, { areas: centre.wards }, centre);
  expect(screen.queryByRole('note')).toBeNull();
  centre.areas.data = told('phu-my');
  expect((await screen.findByRole('note')).textContent).toBe(note);
  expect(rows()).toHaveLength(2);
});
