import { both } from '../i18n/both.ts';

/** The search over everything that has an address. */
export const searchWords = both(
  {
    title: 'Tìm',
    hint: 'Phường, tổ, màn hình, hoặc mã hồ sơ (không cần dấu)',
    groups: { screen: 'Màn hình', area: 'Khu vực', thing: 'Hồ sơ' },
    none: 'Không tìm thấy gì',
    searching: 'Đang tìm mã này…',
  },
  {
    title: 'Search',
    hint: 'Ward, neighbourhood, screen, or the number of a file (accents may be left out)',
    groups: { screen: 'Screen', area: 'Area', thing: 'File' },
    none: 'Nothing found',
    searching: 'Looking for this number…',
  },
);
