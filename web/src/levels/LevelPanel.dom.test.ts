import { fireEvent, screen, within } from '@testing-library/svelte';
import type { LevelExplanation } from '@vungxanh/services/contracts/http/levels.ts';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import { problem, serve } from '../testing/serve.ts';
import LevelPanel from './LevelPanel.svelte';

const sourced = { source: 's', verified: false };
const words = { vi: 'chữ', en: 'words' };
const explanation: LevelExplanation = {
  ...{ district: 'q7', areaId: 'tan-phu', name: 'Tân Phú', asOf: '2021-08-27T05:00:00Z', onDay: '2021-08-27' },
  window: { from: '2021-08-20', to: '2021-08-26' },
  policy: {
    ...{ id: 'qd-4800', document: { vi: 'Quyết định 4800', en: 'Decision 4800' }, from: '2021-10-12', until: null },
    ...{ ...sourced, windowDays: 7, cases: 'community', adjustedBy: [] },
    noticeHours: { ...sourced, raise: 48, lower: 0, note: words },
    assesses: { ...sourced, who: words, weekday: 5 },
    decides: { ...sourced, who: words },
    hysteresis: { ...sourced, words },
    smallestUnit: { ...sourced, words },
  },
  assessed: {
    policyId: 'qd-4800',
    level: { low: 2, high: 4 },
    decidedBy: 'criterion-1',
    transmission: { low: 3, high: 4 },
    measures: [
      {
        ...{ measure: 'cases', count: { known: 12, high: null }, people: 20_000 },
        ...{ ratePer100k: { low: 60, high: null }, band: { low: 3, high: 4 }, cuts: [] },
      },
    ],
    ...{ shares: [], unmetGroups: { low: 0, high: 0 }, floor: null, care: { met: null, forbidsLowering: false } },
    reasons: [{ code: 'stale-feed', parameters: { days: 4, lastHeardAt: '2021-08-23T00:00:00Z' } }],
  },
  withheld: null,
  changes: { up: { of: 'cases', requirement: null, by: 3, level: 3 }, down: null },
  ...{ others: [], chances: [], chanceReason: 'no-forecast' },
  data: { source: 'line-list', lastHeardAt: '2021-08-27T03:00:00Z', completeness: 0.8, coverageThrough: null },
  inForce: null,
  scheduled: {
    ...{ declarationId: 'd1', areaId: 'tan-phu', level: 3, policyId: 'qd-4800', state: 'scheduled' },
    ...{ takesEffectAt: '2121-08-29T05:00:00Z', declaredAt: '2021-08-27T05:00:00Z', reason: 'nhiều ổ dịch' },
    ...{ document: null, signedBy: null, exercise: true, withdrawal: null },
  },
  soonestEffect: { '3': '2021-08-29T05:00:00Z' },
};

const told = {
  vi: {
    title: 'Cấp độ dịch',
    level: 'ít nhất cấp 2 (vàng)',
    change: 'Thêm 3 ca trong 7 ngày → cấp 3',
    stale: /4 ngày chưa có tin/,
    next: /Sẽ áp dụng cấp 3 \(cam\)/,
  },
  en: {
    title: 'Epidemic level',
    level: 'at least level 2 (yellow)',
    change: '3 more cases in the 7 days → level 3',
    stale: /no news of cases for 4 days/,
    next: /level 3 \(orange\) from/,
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  test('the level, what would change it, what is missing, and the clock of what was announced', async () => {
    serve({ '/api/levels/explanation': explanation });
    show(LevelPanel, { areaId: 'tan-phu' }, newCentre(language));
    const panel = within(await screen.findByRole('region', { name: t.title }));
    expect(await panel.findByText(t.level)).toBeTruthy();
    expect(panel.getByText(t.change)).toBeTruthy();
    expect(panel.getByText(t.stale)).toBeTruthy();
    expect(panel.getByText(t.next)).toBeTruthy();
    // Nobody has signed in: nothing is offered that would be refused.
    expect(panel.queryByRole('button')).toBeNull();
  });

  test('a level that the reader is not told is withheld with its reason', async () => {
    serve({
      '/api/levels/explanation': {
        ...explanation,
        assessed: null,
        withheld: 'small-cells',
        changes: null,
        data: null,
        scheduled: null,
      },
    });
    show(LevelPanel, { areaId: 'tan-phu' }, newCentre(language));
    expect(await screen.findByText(/lộ số ca|gives its count/)).toBeTruthy();
    expect(screen.queryByText(t.level)).toBeNull();
  });

  test('a service that does not answer is said to', async () => {
    serve({ '/api/levels/explanation': () => problem(503) });
    show(LevelPanel, { areaId: 'tan-phu' }, newCentre(language));
    expect(await screen.findByRole('status')).toBeTruthy();
  });

  test('the notice is read when it is opened', async () => {
    const asked = serve({
      '/api/levels/explanation': explanation,
      '/api/levels/declarations/d1/notice': { title: 'T', headline: 'H', text: 'toàn văn' },
    });
    show(LevelPanel, { areaId: 'tan-phu' }, newCentre(language));
    const summary = await screen.findByText(/Bản thảo thông báo|Draft of the notice/);
    const details = summary.closest('details')!;
    details.open = true;
    await fireEvent(details, new Event('toggle'));
    expect(await screen.findByText('toàn văn')).toBeTruthy();
    expect(asked.filter(({ path }) => path.endsWith('/notice'))).toHaveLength(1);
  });
});
