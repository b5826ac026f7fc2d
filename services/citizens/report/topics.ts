import type { Words } from '#contracts/words.ts';

/** What reports are about. Append only: order is part of the bytes of points. The last one stands for what fits none. */
export const topics = {
  'road-damage': { vi: 'hư hỏng đường, vỉa hè', en: 'damaged road or pavement' },
  'street-light': { vi: 'đèn đường hỏng', en: 'street light out' },
  drainage: { vi: 'ngập, nghẹt cống', en: 'flooding or blocked drain' },
  waste: { vi: 'rác, vệ sinh môi trường', en: 'waste and cleanliness' },
  noise: { vi: 'tiếng ồn', en: 'noise' },
  building: { vi: 'xây dựng trái phép, sai phép', en: 'building without or against a permit' },
  'canal-filling': { vi: 'san lấp kênh rạch', en: 'filling of a canal' },
  'street-occupation': { vi: 'lấn chiếm lòng đường, vỉa hè', en: 'occupied road or pavement' },
  tree: { vi: 'cây xanh', en: 'trees' },
  health: { vi: 'y tế, dịch bệnh, an toàn thực phẩm', en: 'health, epidemics, food safety' },
  security: { vi: 'an ninh trật tự', en: 'public order' },
  other: { vi: 'việc khác', en: 'something else' },
} as const satisfies Record<string, Words>;
export type Topic = keyof typeof topics;
export const topicIds = Object.keys(topics) as [Topic, ...Topic[]];

/** How a report came. */
export const channels = {
  app: { vi: 'Quận 7 trực tuyến', en: 'the citizens’ page' },
  open311: { vi: 'Open311', en: 'Open311' },
  hotline: { vi: 'đường dây nóng', en: 'hotline' },
  '1022': { vi: 'tổng đài 1022', en: '1022' },
  counter: { vi: 'tại quầy', en: 'at the counter' },
} as const satisfies Record<string, Words>;

/** What a report came to. `not-our-duty`: the unit that closed it was not the owner, and it leaves that unit's denominators. */
export const outcomes = {
  fixed: { vi: 'đã xử lý', en: 'fixed' },
  'not-our-duty': { vi: 'không thuộc thẩm quyền', en: 'not our duty' },
  'no-breach': { vi: 'không có vi phạm', en: 'no breach found' },
  unable: { vi: 'chưa thể xử lý', en: 'unable to fix' },
} as const satisfies Record<string, Words>;

export const satisfactionGrades = {
  1: { vi: '1 – rất không hài lòng', en: '1 – very dissatisfied' },
  2: { vi: '2 – không hài lòng', en: '2 – dissatisfied' },
  3: { vi: '3 – bình thường', en: '3 – neither' },
  4: { vi: '4 – hài lòng', en: '4 – satisfied' },
  5: { vi: '5 – rất hài lòng', en: '5 – very satisfied' },
} as const satisfies Record<number, Words>;
