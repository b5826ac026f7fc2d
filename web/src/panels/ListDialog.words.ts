import { both } from '../i18n/both.ts';

/** The rows behind a figure. */
export const listWords = both(
  {
    total: (total: string) => `${total} dòng`,
    sum: (sum: string) => `tổng ${sum}`,
    matches: 'khớp với số đã bấm',
    differs: (figure: string) => `số đã bấm là ${figure}: số liệu vừa thay đổi`,
    empty: 'Không có dòng nào',
    removed: 'đã xóa theo quy định pháp luật',
    shown: (shown: string, total: string) => `Đang hiện ${shown} / ${total}`,
  },
  {
    total: (total) => `${total} rows`,
    sum: (sum) => `sum ${sum}`,
    matches: 'equal to the figure you opened',
    differs: (figure) => `the figure you opened was ${figure}: it has just changed`,
    empty: 'No rows',
    removed: 'removed on legal request',
    shown: (shown, total) => `Showing ${shown} of ${total}`,
  },
);
