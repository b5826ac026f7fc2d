import { both } from '../i18n/both.ts';

/** Tables that can be sorted and saved. */
export const tableWords = both(
  {
    save: 'Lưu CSV',
    shown: (shown: string, all: string) => `${shown} / ${all} dòng`,
    all: 'Hiện tất cả',
    empty: 'Không có dòng nào',
    unknown: 'chưa rõ',
  },
  {
    save: 'Save CSV',
    shown: (shown, all) => `${shown} of ${all} rows`,
    all: 'Show all',
    empty: 'No rows',
    unknown: 'not known',
  },
);
