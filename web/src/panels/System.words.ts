import { both } from '../i18n/both.ts';

/** State of the product itself. */
export const systemWords = both(
  {
    title: 'Tình trạng hệ thống',
    services: 'Các dịch vụ',
    allRun: 'đều chạy',
    away: (names: string) => `chưa trả lời: ${names}`,
    parked: 'Tin chưa ghi được vào bảng',
    none: 'không có',
    parkedCount: (count: string) => `${count} tin`,
    parkedHelp: 'Các tin này vẫn còn trong sổ ghi. Người quản trị xem lý do bằng lệnh npm run dead-letters.',
    persons: 'Khóa dữ liệu cá nhân',
    keysAway: 'không dùng được',
    unreadable: (count: string) => `${count} tin không đọc được`,
    personsHelp:
      'Vị trí và lời ghi của các ca này không đọc được; số ca vẫn đúng ở nơi đã biết khu vực. Người quản trị xem bằng lệnh npm run keys.',
    disk: 'Đĩa',
    free: (gigabytes: string, percent: string) => `còn ${gigabytes} GB (đã dùng ${percent} %)`,
    full: 'GẦN ĐẦY',
    fullHelp: 'Tạm thời không nhận thêm dữ liệu cho đến khi có chỗ trống. Mọi việc khác vẫn chạy.',
  },
  {
    title: 'State of the system',
    services: 'Services',
    allRun: 'all run',
    away: (names) => `not answering: ${names}`,
    parked: 'Events that no row has',
    none: 'none',
    parkedCount: (count) => `${count} events`,
    parkedHelp: 'They are in the journal still. The administrator sees why with npm run dead-letters.',
    persons: 'Keys of persons',
    keysAway: 'cannot be used',
    unreadable: (count) => `${count} facts cannot be read`,
    personsHelp:
      'Places and texts of these cases cannot be read; counts are right where the area is known. The administrator sees more with npm run keys.',
    disk: 'Disk',
    free: (gigabytes, percent) => `${gigabytes} GB free (${percent} % used)`,
    full: 'NEARLY FULL',
    fullHelp: 'Nothing new is taken in until there is room. Everything else goes on.',
  },
);
