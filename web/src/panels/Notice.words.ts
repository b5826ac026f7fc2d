import { both } from '../i18n/both.ts';

/** A service that is away. */
export const noticeWords = both(
  {
    unavailable: (what: string) => `${what}: dịch vụ không trả lời`,
    title: (status: string) => `Máy chủ trả lời lỗi ${status}`,
  },
  {
    unavailable: (what) => `${what}: the service does not answer`,
    title: (status) => `The server answered with error ${status}`,
  },
);
