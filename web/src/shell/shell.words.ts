import { both } from '../i18n/both.ts';

/** The frame around every screen. */
export const shellWords = both(
  {
    jobs: 'Màn hình theo công việc',
    tools: 'Công cụ',
    skip: 'Tới nội dung chính',
    more: 'Khác',
  },
  {
    jobs: 'Screens by job',
    tools: 'Tools',
    skip: 'Skip to the content',
    more: 'More',
  },
);
