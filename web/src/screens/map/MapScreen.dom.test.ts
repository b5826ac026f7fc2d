import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { newCentre, show } from '../../testing/given.ts';
import { serve } from '../../testing/serve.ts';
import MapScreen from './MapScreen.svelte';
import PhoneSheet from './PhoneSheet.svelte';
import SidePanels from './SidePanels.svelte';

// The map itself needs WebGL: the browser's own tests draw it.
vi.mock('../../map/Map.svelte', async () => await import('../../testing/NoMap.svelte'));

const told = {
  vi: {
    whole: 'Xem cả địa bàn',
    picking: 'Bấm vào bản đồ để chọn vị trí',
    cancel: 'Hủy',
    areas: 'Khu vực',
    ward: 'Phường Tân Phú',
    ranking: 'Khu vực cần chú ý',
    tabs: ['Khu vực', 'Lớp', 'Thời gian', 'Tin'],
    layers: 'Lớp bản đồ',
    news: 'Tin mới',
    time: 'Dòng thời gian',
    expand: 'Mở rộng bảng',
    collapse: 'Thu gọn bảng',
    entry: 'Nhập liệu',
  },
  en: {
    whole: 'Whole district',
    picking: 'Click the map to choose the place',
    cancel: 'Cancel',
    areas: 'Areas',
    ward: 'Tân Phú Ward',
    ranking: 'Areas to watch',
    tabs: ['Areas', 'Layers', 'Time', 'News'],
    layers: 'Map layers',
    news: 'Latest',
    time: 'Timeline',
    expand: 'Expand the panel',
    collapse: 'Collapse the panel',
    entry: 'Data entry',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('the whole district is one press away', async () => {
    serve({});
    const centre = show(MapScreen, {}, newCentre(language));
    await fireEvent.click(screen.getByRole('button', { name: t.whole }));
    expect(centre.fitRequests).toBe(1);
  });

  test('while a place is chosen for a form, it says so and can be given up', async () => {
    serve({});
    const centre = newCentre(language);
    centre.picking = true;
    show(MapScreen, {}, centre);
    expect(screen.getByText(t.picking)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.cancel }));
    expect(centre.picking).toBe(false);
    expect(screen.queryByText(t.picking)).toBeNull();
  });

  test('beside the map: layers, news, time, and the areas; an area that is chosen takes the list’s place', async () => {
    serve({});
    const centre = show(SidePanels, {}, newCentre(language));
    for (const name of [t.layers, t.news, t.time]) expect(screen.getByRole('region', { name })).toBeTruthy();
    const side = within(screen.getByRole('complementary', { name: t.areas }));
    expect(side.getByRole('heading', { name: t.ranking })).toBeTruthy();
    await fireEvent.click(side.getByRole('button', { name: new RegExp(`^${t.ward}`) }));
    expect(centre.areaId).toBe('tan-phu');
    expect(side.getByRole('article', { name: t.ward })).toBeTruthy();
    expect(side.queryByRole('heading', { name: t.ranking })).toBeNull();
  });

  test('on a phone one tab is open at a time, and an area that is chosen opens its own', async () => {
    serve({});
    const centre = show(PhoneSheet, {}, newCentre(language));
    const tabs = screen.getAllByRole('tab');
    expect(tabs.map((tab) => tab.textContent)).toEqual(t.tabs);
    await fireEvent.click(tabs[1]!);
    expect(screen.getByRole('region', { name: t.layers })).toBeTruthy();
    expect(screen.queryByRole('heading', { name: t.ranking })).toBeNull();
    await fireEvent.click(tabs[3]!);
    expect(screen.getByRole('region', { name: t.news })).toBeTruthy();
    centre.select('tan-phu');
    expect(await screen.findByRole('article', { name: t.ward })).toBeTruthy();
    expect(tabs[0]!.getAttribute('aria-selected')).toBe('true');
  });

  test('the sheet is made tall and low again', async () => {
    serve({});
    show(PhoneSheet, {}, newCentre(language));
    const handle = screen.getByRole('button', { name: t.expand });
    await fireEvent.click(handle);
    expect(screen.getByRole('button', { name: t.collapse, expanded: true })).toBe(handle);
    await fireEvent.click(handle);
    expect(screen.getByRole('button', { name: t.expand, expanded: false })).toBe(handle);
  });

  test('other screens are reached from the phone’s layers', async () => {
    serve({});
    const centre = show(PhoneSheet, {}, newCentre(language));
    await fireEvent.click(screen.getAllByRole('tab')[1]!);
    await fireEvent.click(screen.getByRole('button', { name: t.entry }));
    expect(centre.screen).toBe('entry');
  });
});

test('the width of the screen decides what stands beside the map', async () => {
  serve({});
  show(MapScreen, {}, newCentre('vi'));
  expect(screen.getByRole('region', { name: told.vi.time })).toBeTruthy();
  window.innerWidth = 390;
  window.dispatchEvent(new Event('resize'));
  expect(await screen.findAllByRole('tab')).toHaveLength(4);
  window.innerWidth = 1024;
  window.dispatchEvent(new Event('resize'));
});
