import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { areaSeriesAnswer } from '../../testing/area-series.ts';
import { newCentre, show } from '../../testing/given.ts';
import { withRisks } from '../../testing/risk.ts';
import { serve } from '../../testing/serve.ts';
import { wallPages } from './rotation.ts';
import WallScreen from './WallScreen.svelte';

const slow = { timeout: 90_000 };
const week = [...Array.from({ length: 7 }, () => 4), ...Array.from({ length: 7 }, () => 2), 1, 0, 0];
const risk = (riseIn2Weeks: number) => ({
  areaId: 'tan-phu',
  score: 60,
  riseIn2Weeks,
  cuts: [20, 50, 150],
  modelId: 'm',
  dataThroughDate: '2021-08-23',
});
const answers = {
  '/api/epidemic/area-series': areaSeriesAnswer({ q7: week, 'tan-phu': week, 'phu-my': null }, '2021-08-24'),
  '/api/urban-order/violations': { total: 0, items: [], nextCursor: null },
  '/api/status': { services: [{ service: 'epidemic', status: 'ready' }] },
  '/api/clusters': { district: 'q7', clusters: [], alerts: [], abstention: null },
};
function centreOf(language: 'vi' | 'en') {
  const centre = newCentre(language);
  centre.screen = 'wall';
  centre.figures.epidemic!.data = {
    asOf: '2021-08-24T05:00:00Z',
    areas: [
      {
        areaId: null,
        figures: [
          { formula: 'beds-free', formulaVersion: 1, value: null, unit: 'beds', reason: 'no-report' },
          { formula: 'active-cases', formulaVersion: 1, value: 1204, unit: 'cases' },
        ],
      },
    ],
  };
  withRisks(centre, [risk(0.1)]);
  return centre;
}
const told = {
  vi: {
    beds: 'chưa có báo cáo',
    active: '1.204',
    alarm: 'CẢNH BÁO',
    rise: /Phường Tân Phú: xác suất tăng mức trong 2 tuần 62%/,
    past: /SỐ LIỆU CŨ · đang xem hết ngày 20\/08\/2021/,
    late: /chậm cập nhật: Ca bệnh/,
  },
  en: {
    beds: 'no report',
    active: '1,204',
    alarm: 'ALARM',
    rise: /Tân Phú Ward: 62% chance/,
    past: /OLD DATA · looking at the end of 20\/08\/2021/,
    late: /late: Cases/,
  },
};
const pageShown = () => document.querySelector('[data-wall-page]')!.getAttribute('data-wall-page');

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('pages come round by the clock, with nothing to press; what is not known is no 0', async () => {
    serve(answers);
    const centre = show(WallScreen, {}, centreOf(language));
    for (const [at, page] of wallPages.entries()) {
      centre.wallMs = at * 20_000;
      await vi.waitFor(() => expect(pageShown()).toBe(page), slow);
      expect(screen.queryAllByRole('button')).toHaveLength(0);
      expect(screen.queryAllByRole('link')).toHaveLength(0);
    }
    expect(screen.getByText(t.beds)).toBeTruthy();
    expect(screen.getByText(t.active)).toBeTruthy();
  });

  test('an alarm that comes takes over, and gives way again', async () => {
    serve(answers);
    const centre = show(WallScreen, { page: 'figures' as const }, centreOf(language));
    await vi.waitFor(() => expect(centre.outlook.clusters.data).toBeTruthy(), slow);
    centre.wallMs += 1000;
    await vi.waitFor(() => expect(pageShown()).toBe('figures'), slow);
    withRisks(centre, [risk(0.62)]);
    expect(await screen.findByText(t.rise)).toBeTruthy();
    expect(screen.getByText(t.alarm)).toBeTruthy();
    centre.wallMs += 60_000;
    expect(await screen.findByText(t.active)).toBeTruthy();
    expect(screen.queryByText(t.alarm)).toBeNull();
  });

  test('what is not of now is said across the wall; a feed that is late is named; Escape leaves', async () => {
    serve(answers);
    const centre = centreOf(language);
    centre.feeds.data = [{ feed: 'cases', lastEventAt: null, lastRecordedAt: '2021-08-24T01:00:00Z' }];
    show(WallScreen, { page: 'figures' as const }, centre);
    expect(await screen.findByText(t.late)).toBeTruthy();
    centre.day = '2021-08-20';
    expect(await screen.findByText(t.past)).toBeTruthy();
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(centre.screen).toBe('map');
  });
});
