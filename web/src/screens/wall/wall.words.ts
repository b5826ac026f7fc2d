import { both } from '../../i18n/both.ts';

/** The wall: read from across a room, with nothing to press. */
export const wallWords = both(
  {
    title: 'Màn hình lớn',
    pages: {
      situation: 'Tình hình theo phường',
      epidemic: 'Dịch bệnh',
      order: 'Trật tự đô thị',
      figures: 'Các số chính',
    },
    exercise: 'DIỄN TẬP',
    stale: 'SỐ LIỆU CŨ',
    lost: (age: string) => `mất kết nối ${age}`,
    silent: (age: string) => `nhật ký im ${age}`,
    feedsLate: (feeds: string) => `chậm cập nhật: ${feeds}`,
    past: (day: string) => `đang xem hết ngày ${day}`,
    alarm: 'CẢNH BÁO',
    leave: 'Phím Esc: rời màn hình lớn',
    rate: 'Ca mới 7 ngày / 100.000 dân, đã biết đến lúc này',
    top: 'Phường cao nhất (7 ngày đủ báo cáo / 100.000)',
    clocks: { late: 'quá hạn', soon: 'sắp đến hạn', inTime: 'còn hạn', none: 'không có hạn' },
    longest: 'Quá hạn lâu nhất',
    unknown: 'chưa rõ',
  },
  {
    title: 'Wall display',
    pages: { situation: 'By ward', epidemic: 'Epidemic', order: 'Urban order', figures: 'Main figures' },
    exercise: 'EXERCISE',
    stale: 'OLD DATA',
    lost: (age) => `no connection for ${age}`,
    silent: (age) => `journal silent for ${age}`,
    feedsLate: (feeds) => `late: ${feeds}`,
    past: (day) => `looking at the end of ${day}`,
    alarm: 'ALARM',
    leave: 'Esc leaves the wall',
    rate: 'New cases in 7 days per 100,000, as known so far',
    top: 'Highest wards (7 days with all reports, per 100,000)',
    clocks: { late: 'overdue', soon: 'due soon', inTime: 'in time', none: 'no term' },
    longest: 'Overdue the longest',
    unknown: 'not known',
  },
);
