import { both } from '../i18n/both.ts';

/** Tables that can be sorted and saved. */
export const tableWords = both(
  {
    save: (format: string) => `Tải các dòng đang hiện (${format})`,
    saveFailed: 'Không lưu được tệp',
    shown: (shown: string, all: string) => `${shown} / ${all} dòng`,
    all: 'Hiện tất cả',
    empty: 'Không có dòng nào',
    unknown: 'chưa rõ',
  },
  {
    save: (format) => `Save the rows shown (${format})`,
    saveFailed: 'The file could not be saved',
    shown: (shown, all) => `${shown} of ${all} rows`,
    all: 'Show all',
    empty: 'No rows',
    unknown: 'not known',
  },
);
