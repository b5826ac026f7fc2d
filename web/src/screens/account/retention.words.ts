import { both } from '../../i18n/both.ts';

/** How long persons are kept. */
export const retentionWords = both(
  {
    title: 'Thời hạn lưu giữ thông tin cá nhân',
    what: 'Hết thời hạn, thông tin tự bị xóa và khóa mở nó bị hủy, mỗi ngày một lượt. Thời hạn được đặt khi cài đặt, không đặt ở đây.',
    undecided: 'Chưa quyết định: giữ đến khi có yêu cầu xóa',
    days: (days: string) => `${days} ngày`,
    byHand: 'không tự xóa',
    source: 'Căn cứ',
    unread: 'chưa đối chiếu với văn bản gốc',
  },
  {
    title: 'How long persons are kept',
    what: 'When a period is over the data is removed by itself and the key that opens it is destroyed, once a day. Periods are set with the installation, and not here.',
    undecided: 'Not decided: kept until removal is asked for',
    days: (days) => `${days} days`,
    byHand: 'nothing removes it by itself',
    source: 'Source',
    unread: 'not compared with the original text',
  },
);
