import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { flushSync, tick } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import { serve } from '../testing/serve.ts';
import TimeBar from './TimeBar.svelte';

const told = {
  vi: {
    title: 'Dòng thời gian',
    live: 'Trực tiếp',
    now: '12:00 24/08/2021',
    asOf: 'Theo những gì đã biết lúc',
    back: 'Về trực tiếp',
    play: 'Chạy',
    pause: 'Dừng',
    waiting: 'Chờ tin mới',
    loading: 'Đang tải số liệu lúc',
    stepBack: 'Lùi một ngày',
    stepForward: 'Tới một ngày',
    span: 'Khoảng thời gian',
    spans: ['30 ngày', '90 ngày', '180 ngày', '365 ngày', '1.826 ngày'],
  },
  en: {
    title: 'Timeline',
    live: 'Live',
    now: '12:00 24/08/2021',
    asOf: 'As known on',
    back: 'Back to live',
    play: 'Play',
    pause: 'Pause',
    waiting: 'Waiting for news',
    loading: 'Loading what was known on',
    stepBack: 'One day back',
    stepForward: 'One day forward',
    span: 'Period',
    spans: ['30 days', '90 days', '180 days', '365 days', '1,826 days'],
  },
};
const days = { days: [{ day: '2021-08-23', cases: 4 }] };

afterEach(() => void vi.useRealTimers());

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  const opened = () => {
    const asked = serve({ '/api/epidemic/series': days });
    const given = newCentre(language);
    given.line.state = {
      phase: 'open',
      since: 0,
      lastMessageAt: 0,
      resumptions: 0,
      journalSilentSince: null,
      reloaded: false,
    };
    return { asked, centre: show(TimeBar, {}, given) };
  };
  const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

  test('it says that it is live, and when; there is no later day', () => {
    opened();
    expect(screen.getByText(t.live)).toBeTruthy();
    expect(screen.getByText(t.now)).toBeTruthy();
    expect(screen.getByRole('slider', { name: t.title }).getAttribute('aria-valuetext')).toMatch(t.live.slice(2));
    expect(button(t.stepForward).disabled).toBe(true);
    expect(screen.queryByRole('button', { name: t.back })).toBeNull();
  });

  test('nothing is called live that does not reach this screen', async () => {
    const { centre } = opened();
    const { state } = centre.line;
    for (const broken of [{ phase: 'lost' as const }, { phase: 'connecting' as const }, { journalSilentSince: 5 }]) {
      centre.line.state = { ...state!, ...broken };
      await tick();
      expect([screen.queryByText(t.live), screen.getByText(t.waiting).tagName]).toEqual([null, 'STRONG']);
    }
    centre.line.state = state;
    await tick();
    expect(screen.queryByText(t.waiting)).toBeNull();
  });

  test('until the figures of the chosen moment are there, it says that they are on their way', async () => {
    const { centre } = opened();
    centre.districtId = 'q7';
    centre.figuresFor = { district: 'q7', asOf: undefined };
    await fireEvent.click(button(t.stepBack));
    expect([screen.queryByText(t.asOf), screen.getByText(t.loading).tagName]).toEqual([null, 'SPAN']);
    centre.figuresFor = { district: 'q7', asOf: centre.asOf };
    await tick();
    expect([screen.getByText(t.asOf).tagName, screen.queryByText(t.loading)]).toEqual(['SPAN', null]);
    centre.figuresFor = { district: 'another', asOf: undefined };
    await tick();
    expect(screen.queryByText(t.loading)).toBeNull();
  });

  test('a day back is what was known at its end, and says so; then back to live', async () => {
    const { centre } = opened();
    await fireEvent.click(button(t.stepBack));
    expect(centre.day).toBe('2021-08-23');
    expect(centre.asOf).toBe('2021-08-23T16:59:59.999Z');
    expect(screen.getByText(t.asOf)).toBeTruthy();
    expect(screen.getByText('23/08/2021')).toBeTruthy();
    await fireEvent.click(button(t.stepForward));
    expect(centre.live).toBe(true);
    await fireEvent.click(button(t.stepBack));
    await fireEvent.click(button(t.back));
    expect(centre.live).toBe(true);
    expect(screen.getByText(t.live)).toBeTruthy();
  });

  test('the slider goes to a day; its right end is now', async () => {
    const { centre } = opened();
    const slider = screen.getByRole<HTMLInputElement>('slider', { name: t.title });
    expect([slider.min, slider.max, slider.value]).toEqual(['0', '89', '89']);
    await fireEvent.input(slider, { target: { value: '79' } });
    expect(centre.day).toBe('2021-08-14');
    await fireEvent.input(slider, { target: { value: '89' } });
    expect(centre.live).toBe(true);
  });

  test('another period has its own first day, and its curve is asked for', async () => {
    const { asked } = opened();
    const span = screen.getByRole<HTMLSelectElement>('combobox', { name: t.span });
    expect([...span.options].map((option) => option.textContent)).toEqual(t.spans);
    await fireEvent.change(span, { target: { value: '30' } });
    await waitFor(() =>
      expect(asked.at(-1)?.query).toMatchObject({ from: '2021-07-26', to: '2021-08-24', areaId: 'q7' }),
    );
    expect(screen.getByRole<HTMLInputElement>('slider').max).toBe('29');
  });

  test('played, it goes from the first day on, day by day, until it is paused', async () => {
    vi.useFakeTimers();
    const { centre } = opened();
    await fireEvent.click(button(t.play));
    expect(centre.day).toBe('2021-05-27');
    vi.advanceTimersByTime(1800);
    expect(centre.day).toBe('2021-05-29');
    flushSync();
    await fireEvent.click(button(t.pause));
    vi.advanceTimersByTime(5000);
    expect(centre.day).toBe('2021-05-29');
  });
});
