import type { FactorPolicy } from './policy.ts';

const pages = 'kontum page 28211; thuvienphapluat.vn 35907';

/** QĐ 2686/QĐ-BCĐQG of 2021-05-31: classes by epidemiological factors, not by rates. Levels before 2021-10-12 are this policy's, not a lower band. */
export const qd2686: FactorPolicy = {
  id: 'qd-2686',
  kind: 'factors',
  document: {
    vi: 'Quyết định 2686/QĐ-BCĐQG ngày 31/5/2021',
    en: 'Decision 2686/QĐ-BCĐQG of 2021-05-31',
  },
  from: '2021-05-31',
  until: '2021-10-11',
  source: pages,
  verified: false,
  windowDays: 14,
  cases: 'community',
  noticeHours: {
    raise: 0,
    lower: 0,
    note: { vi: 'Không tìm thấy quy định báo trước.', en: 'No rule of notice was found.' },
    source: 'no rule was found',
    verified: false,
  },
  assesses: {
    who: { vi: 'Ban Chỉ đạo cấp huyện', en: 'the steering committee of the district' },
    weekday: null,
    source: 'recalled',
    verified: false,
  },
  decides: {
    who: { vi: 'Ban Chỉ đạo cấp tỉnh', en: 'the steering committee of the province' },
    source: 'recalled',
    verified: false,
  },
  smallestUnit: {
    words: { vi: 'xã, phường; TP.HCM phân loại đến tổ dân phố', en: 'commune; in Ho Chi Minh City the tổ dân phố' },
    source: 'vietbao.vn 269541',
    verified: true,
  },
  hysteresis: {
    words: { vi: 'Ca bệnh được tính trong 14 ngày.', en: 'Cases count for 14 days.' },
    source: 'recalled',
    verified: false,
  },
  byCommunityCases: {
    none: { low: 1, high: 1 },
    noneButOthers: { low: 1, high: 2 },
    one: { low: 2, high: 3 },
    several: { low: 3, high: 4 },
    source: `${pages}: very high is a cluster without known source, or one with its source in a factory, school, market; the line list does not say so, which leaves two levels open`,
    verified: false,
  },
  ofParts: { shareAt4: 0.3, shareAt3: 0.5, source: pages, verified: true },
};
