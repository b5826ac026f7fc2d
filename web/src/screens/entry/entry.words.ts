import { both } from '../../i18n/both.ts';

/** The screen of data entry. */
export const entryWords = both(
  {
    title: 'Nhập liệu',
    submit: 'Gửi',
    sending: 'Đang gửi…',
    saved: (id: string) => `Đã ghi nhận ${id}`,
    check: 'Có ô chưa đúng, xin xem lại',
    chooseArea: 'Chọn phường…',
    pickOnMap: 'Chọn trên bản đồ',
    noPlace: 'chưa chọn',
    clearPlace: 'Bỏ vị trí',
  },
  {
    title: 'Data entry',
    submit: 'Send',
    sending: 'Sending…',
    saved: (id) => `Recorded ${id}`,
    check: 'Some fields do not fit, please check',
    chooseArea: 'Choose a ward…',
    pickOnMap: 'Choose on the map',
    noPlace: 'not chosen',
    clearPlace: 'Remove the place',
  },
);
