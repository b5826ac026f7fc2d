import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { areaSeriesAnswer } from '../testing/area-series.ts';
import { newCentre, show } from '../testing/given.ts';
import { serve } from '../testing/serve.ts';
import AreaPage from './AreaPage.svelte';

const week = [...Array.from({ length: 7 }, () => 4), ...Array.from({ length: 7 }, () => 2), 1, 0, 0];
const answers = {
  '/api/epidemic/area-series': areaSeriesAnswer({ q7: week, 'tan-phu': week, 'phu-my': week }, '2021-08-24'),
  '/api/epidemic/facilities': {
    total: 1,
    items: [{ facilityId: 'hospital', name: 'Bệnh viện Quận 7', bedsFree: null, bedsTotal: 120 }],
  },
};
const told = {
  vi: {
    page: /Trang của khu vực: Phường Tân Phú/,
    less: 'giảm 50%',
    compose: 'Soạn biện pháp cho phường này',
    facilities: 'Cơ sở điều trị',
    beds: 'chưa rõ / 120 giường trống',
    onMap: 'Xem trên bản đồ',
    close: 'Đóng trang này',
    none: /Không có khu vực này/,
  },
  en: {
    page: /Page of the area: Tân Phú Ward/,
    less: 'down 50%',
    compose: 'Compose a measure for this ward',
    facilities: 'Treatment facilities',
    beds: 'not known of 120 beds free',
    onMap: 'Show on the map',
    close: 'Close this page',
    none: /There is no such area/,
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('how the area stands, its facilities, and what can be done next', async () => {
    serve(answers);
    const centre = newCentre(language);
    centre.openThing({ noun: 'area', id: 'tan-phu' });
    show(AreaPage, { areaId: 'tan-phu' }, centre);
    const page = within(screen.getByRole('region', { name: t.page }));
    expect(await page.findByText(t.less)).toBeTruthy();
    expect(within(page.getByRole('region', { name: t.facilities })).getByText(t.beds)).toBeTruthy();
    await fireEvent.click(page.getByRole('button', { name: t.compose }));
    expect([centre.screen, centre.composeFor, centre.thing]).toEqual(['scenarios', 'tan-phu', undefined]);
  });

  test('it leads to the map, and ends with Escape', async () => {
    serve(answers);
    const centre = newCentre(language);
    centre.go('epidemic');
    centre.openThing({ noun: 'area', id: 'tan-phu' });
    expect(centre.screen).toBe('epidemic');
    show(AreaPage, { areaId: 'tan-phu' }, centre);
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(centre.thing).toBeUndefined();
    await fireEvent.click(screen.getByRole('button', { name: t.onMap }));
    expect([centre.screen, centre.areaId]).toEqual(['map', 'tan-phu']);
  });

  test('an area that is not there on the day is said to be none', () => {
    serve(answers);
    show(AreaPage, { areaId: 'gone' }, newCentre(language));
    expect(screen.getAllByText(t.none).length).toBeGreaterThan(0);
  });
});
