import { both } from '../../i18n/both.ts';

/** The screen of data entry. */
export const entryWords = both(
  {
    title: 'Nhập liệu',
    submit: 'Gửi',
    sending: 'Đang gửi…',
    saved: (id: string) => `Đã ghi nhận ${id}`,
    open: 'Mở trang của hồ sơ này',
    near: 'Có thể là cùng một vụ',
    nearBy: (metres: string, days: string) => `cách ${metres} m, ${days} ngày`,
    check: 'Có ô chưa đúng, xin xem lại',
  },
  {
    title: 'Data entry',
    submit: 'Send',
    sending: 'Sending…',
    saved: (id) => `Recorded ${id}`,
    open: 'Open its page',
    near: 'May be the same breach',
    nearBy: (metres, days) => `${metres} m away, ${days} days apart`,
    check: 'Some fields do not fit, please check',
  },
);
