import { both } from '../i18n/both.ts';

/** Boxes of forms. */
export const formWords = both(
  {
    chooseArea: 'Chọn phường…',
    findArea: 'Tìm phường (không cần dấu)',
    noArea: 'Không có phường nào như vậy',
    pickOnMap: 'Chọn trên bản đồ',
    noPlace: 'chưa chọn',
    clearPlace: 'Bỏ vị trí',
    dayHint: 'ngày/tháng/năm',
    timeHint: 'giờ:phút',
    noDay: 'Chưa đọc được ngày này: ngày/tháng/năm, ví dụ 24/08/2021',
    noTime: 'Chưa đọc được giờ này: giờ:phút, ví dụ 07:30',
    time: 'Giờ',
    now: 'để trống: bây giờ',
    calendar: 'Chọn trên lịch',
    monthBefore: 'Tháng trước',
    monthAfter: 'Tháng sau',
  },
  {
    chooseArea: 'Choose a ward…',
    findArea: 'Find a ward (accents may be left out)',
    noArea: 'No such ward',
    pickOnMap: 'Choose on the map',
    noPlace: 'not chosen',
    clearPlace: 'Remove the place',
    dayHint: 'day/month/year',
    timeHint: 'hour:minute',
    noDay: 'Not read as a day: day/month/year, such as 24/08/2021',
    noTime: 'Not read as a time: hour:minute, such as 07:30',
    time: 'Time',
    now: 'left empty: now',
    calendar: 'Choose on the calendar',
    monthBefore: 'Month before',
    monthAfter: 'Month after',
  },
);
