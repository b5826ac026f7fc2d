import { both } from '../i18n/both.ts';

/** The time bar. */
export const timeWords = both(
  {
    title: 'Dòng thời gian',
    live: 'Trực tiếp',
    waiting: 'Chờ tin mới',
    backToLive: 'Về trực tiếp',
    loading: 'Đang tải số liệu lúc',
    asOf: 'Theo những gì đã biết lúc',
    play: 'Chạy',
    pause: 'Dừng',
    stepBack: 'Lùi một ngày',
    stepForward: 'Tới một ngày',
    span: 'Khoảng thời gian',
    days: (days: string) => `${days} ngày`,
  },
  {
    title: 'Timeline',
    live: 'Live',
    waiting: 'Waiting for news',
    backToLive: 'Back to live',
    loading: 'Loading what was known on',
    asOf: 'As known on',
    play: 'Play',
    pause: 'Pause',
    stepBack: 'One day back',
    stepForward: 'One day forward',
    span: 'Period',
    days: (days) => `${days} days`,
  },
);
