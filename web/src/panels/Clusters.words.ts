import { both } from '../i18n/both.ts';

/** Clusters: their list and their card. */
export const clusterWords = both(
  {
    title: 'Ổ dịch đang hoạt động',
    toggle: 'Ổ dịch đang hoạt động',
    none: 'Không có ổ dịch nào nổi lên so với mức thường.',
    alarm: 'CẢNH BÁO',
    notAlarm: 'chưa đủ chắc',
    around: (area: string, others: string) => `${area} và ${others} khu khác`,
    counts: (observed: string, expected: string) => `${observed} ca, dự kiến ${expected}`,
    times: (times: string) => `gấp ${times} lần mức dự kiến`,
    since: (first: string, last: string) => `từ ${first} đến ${last}`,
    p: (p: string) => `p = ${p}`,
    inWords: (share: string, alpha: string) =>
      `Nếu ca bệnh rải đều theo dân cư và ngày, cứ 1.000 lần thì khoảng ${share} lần có một ổ rõ như vậy do ngẫu nhiên. Cảnh báo khi p không quá ${alpha}.`,
    byCount: 'Tìm ra bằng phép đếm: nhiều ca trong ít ngày ở một khu, so với dân số và các ngày trước của khu đó.',
    radius: (kilometres: string) => `bán kính ${kilometres} km`,
    areas: 'Các khu trong ổ',
    through: (day: string) => `quét đến hết ${day}`,
    back: 'Về bảng bên',
    raised: (instant: string) => `Đã cảnh báo lúc ${instant}`,
    raisedTitle: (days: string) => `Đã cảnh báo trong ${days} ngày qua`,
  },
  {
    title: 'Active clusters',
    toggle: 'Active clusters',
    none: 'No cluster stands out against what is usual.',
    alarm: 'ALERT',
    notAlarm: 'not certain enough',
    around: (area, others) => `${area} and ${others} other${others === '1' ? '' : 's'}`,
    counts: (observed, expected) => `${observed} cases, ${expected} expected`,
    times: (times) => `${times} times what is expected`,
    since: (first, last) => `from ${first} to ${last}`,
    p: (p) => `p = ${p}`,
    inWords: (share, alpha) =>
      `If cases were spread as people and days are, about ${share} of 1,000 times a cluster as clear as this would appear by chance. An alert is raised when p is at most ${alpha}.`,
    byCount: 'Found by counting: many cases in a few days in one area, beside its people and its days before.',
    radius: (kilometres) => `radius ${kilometres} km`,
    areas: 'Areas in the cluster',
    through: (day) => `scanned to the end of ${day}`,
    back: 'Back to the panel',
    raised: (instant) => `Alert raised at ${instant}`,
    raisedTitle: (days) => `Raised in the last ${days} days`,
  },
);
