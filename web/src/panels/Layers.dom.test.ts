import { fireEvent, screen, within } from '@testing-library/svelte';
import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import { describe, expect, test } from 'vitest';
import { HttpProblem } from '../api/http.ts';
import { emptyWorld } from '../feed/world.ts';
import { newCentre, show } from '../testing/given.ts';
import { pointsOf } from '../testing/points.ts';
import { serve } from '../testing/serve.ts';
import Layers from './Layers.svelte';

const told = {
  vi: {
    title: 'Lớp bản đồ',
    cases: 'Ca bệnh',
    violations: 'Vi phạm trật tự đô thị',
    businesses: 'Cơ sở kinh doanh',
    count: '3 điểm',
    states: ['đang điều trị', 'đã kết thúc'],
    windows: ['7 ngày qua', '14 ngày qua', '28 ngày qua'],
    window: 'Ca bệnh trong',
    away: 'Ca bệnh: dịch vụ không trả lời. Máy chủ trả lời lỗi 500.',
    retry: 'Thử lại',
    clusters: 'Ổ dịch đang hoạt động',
  },
  en: {
    title: 'Map layers',
    cases: 'Cases',
    violations: 'Urban-order violations',
    businesses: 'Businesses',
    count: '3 points',
    states: ['in care', 'ended'],
    windows: ['last 7 days', 'last 14 days', 'last 28 days'],
    window: 'Cases of the',
    away: 'Cases: the service does not answer. The server answered with error 500.',
    retry: 'Try again',
    clusters: 'Active clusters',
  },
};
const hot = (entity: string, sequence: number, more: Partial<LiveItem> = {}): LiveItem => ({
  id: entity,
  sequence,
  type: 'case-confirmed',
  layer: 'cases',
  entity,
  at: [106.7, 10.7],
  time: '2021-08-24T04:00:00Z',
  recordedTime: '2021-08-24T04:00:00Z',
  values: { confirmedDate: '2021-08-24' },
  ...more,
});
const layer = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name });

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('each layer is a switch with a name, and one switch shows one layer', async () => {
    const centre = newCentre(language);
    centre.layers = ['cases'];
    show(Layers, {}, centre);
    expect([t.cases, t.violations, t.businesses].map((name) => layer(name).checked)).toEqual([true, false, false]);
    await fireEvent.click(layer(t.violations));
    expect(centre.layers).toEqual(['cases', 'violations']);
    await fireEvent.click(layer(t.cases));
    expect(centre.layers).toEqual(['violations']);
    expect(layer(t.cases).checked).toBe(false);
  });

  test('the points that are drawn are counted: those loaded, and those that the stream brought since', () => {
    const centre = newCentre(language);
    centre.layers = ['cases'];
    // Two that are seen, and one that proved to be no case.
    centre.points.cases!.data = pointsOf([
      { sequence: 4, status: 0 },
      { sequence: 5, status: 4 },
      { sequence: 6, status: 6 },
    ]);
    const items = [hot('new', 9), hot('the newest of the loaded', 6), hot('nowhere', 10, { at: undefined })];
    centre.line.world = { ...emptyWorld('q7'), hot: new Map(items.map((item) => [`cases ${item.entity}`, item])) };
    show(Layers, {}, centre);
    expect(layer(new RegExp(`^${t.cases}`)).closest('label')?.textContent).toContain(t.count);
  });

  test('what a layer’s colours mean is said while it is shown', async () => {
    const centre = newCentre(language);
    centre.layers = ['cases'];
    show(Layers, {}, centre);
    const section = within(screen.getByRole('region', { name: t.title }));
    for (const state of t.states) expect(section.getByText(state)).toBeTruthy();
    await fireEvent.click(layer(t.cases));
    for (const state of t.states) expect(section.queryByText(state)).toBeNull();
  });

  test('cases are drawn of some days, which can be chosen', async () => {
    const centre = newCentre(language);
    centre.layers = ['cases'];
    show(Layers, {}, centre);
    const window = screen.getByRole<HTMLSelectElement>('combobox', { name: t.window });
    expect([...window.options].map((option) => option.textContent)).toEqual(t.windows);
    expect(window.selectedOptions[0]?.textContent).toBe(t.windows[1]);
    await fireEvent.change(window, { target: { value: '28' } });
    expect(centre.caseWindowDays).toBe(28);
    expect(centre.caseFrom).toBe('2021-07-28');
  });

  test('points that do not come can be asked for again', async () => {
    const asked = serve({ '/api/epidemic/points': () => new Response(new ArrayBuffer(0)) });
    const centre = newCentre(language);
    centre.layers = ['cases'];
    centre.points.cases!.error = new HttpProblem(500, 'x');
    show(Layers, {}, centre);
    expect(screen.getByText(t.away)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.retry }));
    expect(asked[0]).toMatchObject({ path: '/api/epidemic/points', query: { district: 'q7', to: '2021-08-24' } });
  });

  test('clusters are a switch too', async () => {
    const centre = show(Layers, {}, newCentre(language));
    await fireEvent.click(layer(t.clusters));
    expect(centre.outlook.showsClusters).toBe(true);
  });
});

test('as a legend it has no switches, and names only what is drawn', () => {
  const centre = newCentre('vi');
  centre.layers = ['violations'];
  show(Layers, { legendOnly: true }, centre);
  expect(screen.queryByRole('checkbox')).toBeNull();
  expect(screen.getByText(told.vi.violations)).toBeTruthy();
  expect(screen.queryByText(told.vi.cases)).toBeNull();
});
