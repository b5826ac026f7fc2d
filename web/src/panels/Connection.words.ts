import { both } from '../i18n/both.ts';

/** State of the line to the stream. */
export const connectionWords = both(
  {
    connecting: 'Đang kết nối…',
    open: 'Trực tiếp',
    lost: 'Mất kết nối',
    journalSilent: 'Máy chủ ngừng phát tin',
    resumed: 'Đã nối lại, không sót tin',
    reloaded: 'Đã nối lại, tải lại toàn bộ',
    age: 'tin gần nhất',
    silent: 'chưa có tin mới',
  },
  {
    connecting: 'Connecting…',
    open: 'Live',
    lost: 'Connection lost',
    journalSilent: 'The centre has fallen silent',
    resumed: 'Resumed, nothing lost',
    reloaded: 'Resumed, all loaded again',
    age: 'last message',
    silent: 'no message yet',
  },
);
