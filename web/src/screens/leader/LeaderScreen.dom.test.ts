import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { officialsWords } from '../../officials/officials.words.ts';
import { areaSeriesAnswer } from '../../testing/area-series.ts';
import { newCentre, show } from '../../testing/given.ts';
import { withRisks } from '../../testing/risk.ts';
import { serve } from '../../testing/serve.ts';
import LeaderScreen from './LeaderScreen.svelte';

const week = [...Array.from({ length: 7 }, () => 4), ...Array.from({ length: 7 }, () => 2), 1, 0, 0];
const figures = (values: Record<string, number | null>) => ({
  asOf: '2021-08-24T05:00:00Z',
  areas: [
    {
      areaId: 'q7',
      figures: Object.entries(values).map(([formula, value]) => ({
        formula,
        formulaVersion: 1,
        value,
        unit: formula.startsWith('coverage-') ? 'share' : 'cases',
        list: `/api/x?formula=${formula}`,
      })),
    },
  ],
});
const band = { q05: 100, q25: 150, q50: 200, q75: 260, q95: 400 };
const outcome = (kind: string, name: string) => ({
  name,
  kind,
  areaIds: [],
  days: 60,
  paths: 1000,
  totals: { reported: band, deaths: band },
  probabilityBedsShort: 0.2,
  mostRestricted: 12_000,
});
const answers = {
  '/api/epidemic/area-series': areaSeriesAnswer({ q7: week }, '2021-08-24'),
  '/api/epidemic/figures': figures({
    ...{ 'beds-free': 80, 'active-cases': 40, 'cases-7d': 9 },
    'coverage-full-18': 0.605,
  }),
  '/api/urban-order/figures': figures({ 'violations-overdue': 3 }),
  '/api/economy/figures': figures({}),
  '/api/incidents/figures': figures({}),
  '/api/scenarios': {
    items: [
      { id: 'run-1', kind: 'comparison', status: 'completed', names: ['A'], requestedAt: '2021-08-23T05:00:00Z' },
    ],
    next: null,
  },
  '/api/scenarios/run-1': {
    id: 'run-1',
    kind: 'comparison',
    status: 'completed',
    requestedAt: '2021-08-23T05:00:00Z',
    comparison: { outcomes: [outcome('nothing', 'nothing'), outcome('given', 'Chỉ thị 16')] },
  },
};
function centreOf(language: 'vi' | 'en') {
  const centre = newCentre(language);
  centre.figures.epidemic!.data = figures({
    ...{ 'beds-free': 60, 'active-cases': 40, 'cases-7d': 7 },
    'coverage-full-18': 0.682,
  });
  centre.figures['urban-order']!.data = figures({ 'violations-overdue': 5, 'violations-open': 12 });
  withRisks(centre, [
    {
      areaId: 'tan-phu',
      score: 60,
      riseIn2Weeks: 0.62,
      cuts: [20, 50, 150],
      modelId: 'm',
      dataThroughDate: '2021-08-23',
    },
  ]);
  return centre;
}
const told = {
  vi: {
    changed: 'Thay đổi từ hôm qua',
    points: '+7,7 điểm %',
    brief: 'Bản tin sáng',
    unanswered: '1 chỉ đạo chờ trả lời của Bình.',
    late: '1 chỉ đạo quá hạn chưa xong của An, Bình, Chi và 1 người nữa.',
    week: /^7 ngày đủ báo cáo, .*14 ca, giảm 50%\.$/,
    beds: 'Còn 60 giường điều trị trống.',
    missing: 'Chưa rõ: Cơ sở đang hoạt động.',
    overdue: '5 vụ vi phạm quá hạn trong 12 vụ chưa xử lý xong.',
    share: 'Chia sẻ',
    swipe: 'Vuốt ngang để so',
    nothing: 'Không làm gì thêm',
    economy: 'Kinh tế',
    unknown: 'chưa rõ',
  },
  en: {
    changed: 'What changed since yesterday',
    points: '+7.7 % points',
    brief: 'Morning brief',
    unanswered: '1 directives wait for an answer of Bình.',
    late: '1 directives are overdue, not done by An, Bình, Chi and 1 more.',
    week: /^7 days with all reports, .*14 cases, down 50%\.$/,
    beds: '60 treatment beds are free.',
    missing: 'Not known: Active businesses.',
    overdue: '5 of 12 unresolved violations are overdue.',
    share: 'Share',
    swipe: 'Swipe to compare',
    nothing: 'Doing nothing more',
    economy: 'Economy',
    unknown: 'not known',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('what changed since yesterday: no running window, the difference and its rows', async () => {
    const asked = serve(answers);
    const centre = show(LeaderScreen, {}, centreOf(language));
    await vi.waitFor(() => expect(document.querySelectorAll('[data-changed]')).not.toHaveLength(0), 90_000);
    const changed = [...document.querySelectorAll<HTMLElement>('[data-changed]')];
    expect(changed.map((row) => row.dataset.changed)).toEqual([
      ...['violations-overdue', 'beds-free', 'coverage-full-18'],
      'violations-open',
    ]);
    expect(changed[1]!.textContent).toContain('−20');
    // The difference of two shares is in points.
    expect(changed[2]!.textContent).toContain(t.points);
    expect(asked.find(({ path }) => path === '/api/epidemic/figures')!.query.asOf).toBe('2021-08-23T16:59:59.999Z');
    await fireEvent.click(within(changed[1]!).getByRole('button'));
    expect(centre.openList).toMatchObject({ formula: 'beds-free' });
  });

  test('the brief: each sentence opens its rows; what is not known is said, not left out', async () => {
    serve(answers);
    const centre = show(LeaderScreen, {}, centreOf(language));
    const brief = within(screen.getByRole('region', { name: t.brief }));
    await fireEvent.click(await brief.findByRole('button', { name: t.week }));
    expect(centre.openList).toMatchObject({
      count: 14,
      address: '/api/epidemic/cases?district=q7&from=2021-08-15&to=2021-08-21',
    });
    expect(brief.getByRole('button', { name: t.beds })).toBeTruthy();
    expect(brief.getByRole('button', { name: t.overdue })).toBeTruthy();
    expect(brief.getByText(t.missing)).toBeTruthy();
    // Who has not answered stands beside it.
    expect(screen.getByRole('heading', { name: officialsWords[language].directives })).toBeTruthy();
  });

  test('the brief says what directives wait for, and of whom; while it is not known, nothing', async () => {
    const person = (name: string) => ({ officerId: name, name, acknowledgedAt: null, percent: 0, doneAt: null });
    const asked = serve({
      ...answers,
      '/api/officials/directives': {
        waiting: 2,
        items: [
          {
            ...{
              directiveId: 'c1',
              title: 'Kiểm tra chốt',
              text: 'x',
              dueAt: '2021-08-24T00:00:00Z',
              status: 'issued',
            },
            ...{ overdue: true, addressees: ['An', 'Bình', 'Chi', 'Dung'].map(person), lawfulSteps: [] },
            unanswered: ['Bình'],
          },
        ],
      },
    });
    show(LeaderScreen, {}, centreOf(language));
    expect(await screen.findByText(t.unanswered)).toBeTruthy();
    expect(screen.getByText(t.late)).toBeTruthy();
    expect(
      asked.filter(({ path }) => path === '/api/officials/directives').map(({ query }) => query.waiting),
    ).toContain('true');
  });

  test('directives of which nothing is known are not told of', async () => {
    serve(answers);
    show(LeaderScreen, {}, centreOf(language));
    await screen.findByText(t.missing);
    expect(document.querySelector('[data-sentence^="directives"]')).toBeNull();
  });

  test('of who has not signed in no officer is asked for', async () => {
    const asked = serve(answers);
    const centre = centreOf(language);
    const nobody = { known: false, kind: 'visitor', id: 'visitor', name: null, email: null, purpose: null } as const;
    const rights = { asksPurpose: false, needsFactor: false, manages: false, firstAdministrator: false, grants: [] };
    centre.account.me.data = { ...nobody, ...rights };
    show(LeaderScreen, {}, centre);
    await vi.waitFor(() => expect(document.querySelectorAll('[data-changed]')).not.toHaveLength(0), 90_000);
    expect(asked.map(({ path }) => path)).not.toContain('/api/officials/disputes');
  });

  test('it is shared as text, with the place and the moment', async () => {
    serve(answers);
    const written = vi.fn(async (_text: string) => undefined);
    vi.stubGlobal(
      'navigator',
      Object.assign(Object.create(navigator), { share: undefined, clipboard: { writeText: written } }),
    );
    show(LeaderScreen, {}, centreOf(language));
    await fireEvent.click(screen.getByRole('button', { name: t.share }));
    expect(written.mock.lastCall?.[0]).toContain(t.beds);
    expect(written.mock.lastCall?.[0]).toMatch(/12:00/);
  });

  test('two scenarios of the newest full run stand side by side, with their bands', async () => {
    serve(answers);
    show(LeaderScreen, {}, centreOf(language));
    const swipe = within(await screen.findByRole('group', { name: t.swipe }));
    expect(swipe.getAllByRole('article')).toHaveLength(2);
    expect(swipe.getByText(t.nothing)).toBeTruthy();
    expect(swipe.getAllByText('200 (100 – 400)')).toHaveLength(4);
  });

  test('an index that is not known is no 0', () => {
    serve(answers);
    show(LeaderScreen, {}, centreOf(language));
    const economy = screen.getByRole('heading', { name: t.economy }).parentElement!;
    expect(economy.querySelector('strong')!.textContent).toBe(t.unknown);
  });
});
