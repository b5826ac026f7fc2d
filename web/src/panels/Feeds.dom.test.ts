import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { HttpProblem } from '../api/http.ts';
import { newCentre, show } from '../testing/given.ts';
import { district } from '../testing/place.ts';
import { serve } from '../testing/serve.ts';
import Feeds from './Feeds.svelte';

const nowMs = Date.parse('2021-08-24T05:00:00Z');
const ago = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString();
const feed = (name: string, lastRecordedAt: string | null) => ({
  feed: name,
  lastEventAt: lastRecordedAt,
  lastRecordedAt,
});
const rows = () => screen.queryAllByRole('listitem').map((row) => row.textContent?.replace(/\s+/g, ' ').trim());

/** Whether each stands out as stale. */
const marked = () => screen.getAllByRole('listitem').map((row) => row.classList.contains('stale'));

const told = {
  vi: {
    rows: [
      'Ca bệnh vừa xong',
      'Tiêm chủng 59 phút trước',
      'Vi phạm Chậm cập nhật · 2 giờ trước',
      'Kinh doanh chưa có tin',
    ],
    history: ['Ca bệnh ghi lại đến 24/08/2021', 'Vi phạm ghi lại đến 01/08/2021'],
    none: 'chưa có số liệu',
    loading: 'Đang tải…',
    away: 'Thời điểm cập nhật: dịch vụ không trả lời. Không nối được tới máy chủ.',
    retry: 'Thử lại',
  },
  en: {
    rows: ['Cases just now', 'Vaccination 59 minutes ago', 'Violations STALE · 2 hours ago', 'Businesses nothing yet'],
    history: ['Cases recorded until 24/08/2021', 'Violations recorded until 01/08/2021'],
    none: 'no data yet',
    loading: 'Loading…',
    away: 'Freshness of the data: the service does not answer. The server cannot be reached.',
    retry: 'Try again',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('each feed says how old its news are; an hour of silence is stale; one that never said anything says so', () => {
    const centre = newCentre(language);
    centre.feeds.data = [
      feed('cases', ago(0.5)),
      feed('vaccination', ago(59)),
      feed('violations', ago(120)),
      feed('businesses', null),
    ];
    show(Feeds, {}, centre);
    expect(rows()).toEqual(t.rows);
    expect(marked()).toEqual([false, false, true, true]);
  });

  test('recorded history is never late: it says until when it reaches', () => {
    const centre = newCentre(language);
    centre.districts.data = [{ ...district, clock: 'recorded' }];
    centre.feeds.data = [feed('cases', '2021-08-24T05:00:00Z'), feed('violations', '2021-08-01T05:00:00Z')];
    show(Feeds, {}, centre);
    expect(rows()).toEqual(t.history);
    expect(marked()).toEqual([false, false]);
  });

  test('what is loading, what is empty and what is away are said apart', async () => {
    const centre = newCentre(language);
    centre.feeds.loading = true;
    show(Feeds, {}, centre);
    expect(screen.getByText(t.loading)).toBeTruthy();
    centre.feeds.loading = false;
    expect(await screen.findByText(t.none)).toBeTruthy();
    centre.feeds.error = new HttpProblem(0, 'x');
    expect(await screen.findByText(t.away)).toBeTruthy();
    expect(screen.queryByText(t.none)).toBeNull();
    serve({ '/api/feeds': [feed('cases', ago(0))] });
    await fireEvent.click(screen.getByRole('button', { name: t.retry }));
    expect(await screen.findByText(t.rows[0]!.split(' ')[0]!, { exact: false })).toBeTruthy();
    expect(screen.queryByText(t.away)).toBeNull();
  });
});

test('what the stream told since is as good as what was loaded', () => {
  const centre = newCentre('vi');
  centre.feeds.data = [feed('violations', ago(120))];
  centre.line.world = {
    ...centre.line.world,
    feeds: { violations: { lastEventAt: ago(5), lastRecordedAt: ago(5) } },
  };
  show(Feeds, {}, centre);
  expect(rows()).toEqual(['Vi phạm 5 phút trước']);
});

test('in an exercise that runs fast, silence is counted on its own clock', () => {
  const centre = newCentre('vi');
  centre.districts.data = [{ ...district, clock: 'recorded', exercise: true }];
  centre.feeds.data = [feed('cases', ago(120))];
  const state = {
    running: true,
    paused: true,
    speed: 21_600,
    clock: ago(0),
    from: ago(0),
    to: ago(-9999),
    district: 'q7',
  };
  centre.exercise.told = { state, receivedAtMs: nowMs };
  show(Feeds, {}, centre);
  expect(rows()).toEqual(['Ca bệnh 2 giờ trước']);
});
