import { both } from '../i18n/both.ts';

/** What was given without a network. */
export const waitingWords = both(
  {
    title: 'Chờ gửi',
    waits: 'Chờ có mạng; sẽ tự gửi, một lần.',
    refused: 'Đã gửi nhưng không được nhận',
    again: 'Gửi lại',
    drop: 'Bỏ',
  },
  {
    title: 'Waiting to be sent',
    waits: 'Waits for a network; it is sent by itself, once.',
    refused: 'It was sent and not taken',
    again: 'Send again',
    drop: 'Drop it',
  },
);
