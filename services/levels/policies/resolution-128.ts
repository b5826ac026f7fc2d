import type { NoticeHours } from './policy.ts';

const hcmcProcedure = 'viet-jo.com 211019151459; thvl.vn; vietbao.vn 301859; tacnghiep.baoquocte.vn 170344';

/** What resolution 128/NQ-CP (2021-10-11) says for both decisions that carry it out. */
export const resolution128 = {
  noticeHours: {
    raise: 48,
    lower: 0,
    note: {
      vi: 'Nâng cấp độ: báo trước ít nhất 48 giờ. Hạ cấp độ: các nguồn không thống nhất (một nguồn ghi 48 giờ cho mọi thay đổi); ở đây không bắt buộc báo trước.',
      en: 'A raise is announced at least 48 hours before. For lowering the sources disagree (one says 48 hours for every change); here no notice is required.',
    },
    source: 'en.nhandan.vn 10607902 (any change); infographics.vn IG-41793 (raise)',
    verified: false,
  } satisfies NoticeHours,
  assesses: {
    who: {
      vi: 'phường đánh giá, quận tổng hợp, Ban Chỉ đạo thành phố thẩm định',
      en: 'the ward assesses, the district collects, the city steering committee verifies',
    },
    weekday: 5,
    source: hcmcProcedure,
    verified: true,
  },
  decides: {
    who: { vi: 'Ủy ban nhân dân cấp tỉnh', en: 'the provincial government' },
    source: 'en.nhandan.vn 10607902; vietbao.vn 301859',
    verified: true,
  },
  smallestUnit: {
    words: {
      vi: 'từ cấp xã (phường); khuyến khích nhỏ hơn xã',
      en: 'from the commune (ward); smaller areas are encouraged',
    },
    source: 'likonlaw.com, legal alert no. 1, October 2021',
    verified: true,
  },
};
