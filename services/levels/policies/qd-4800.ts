import type { MatrixPolicy, Range } from './policy.ts';
import { resolution128 } from './resolution-128.ts';

const only = (level: number): Range => ({ low: level, high: level });
const floorSource =
  '80 % of people aged 50 and over with a full course: vietbao.vn 271722, sggpnews 94926 (drafts); of 65 and over in October 2021: recalled';

/** QĐ 4800/QĐ-BYT of 2021-10-12, until the day before QĐ 218 replaced it. */
export const qd4800: MatrixPolicy = {
  id: 'qd-4800',
  kind: 'matrix',
  document: {
    vi: 'Quyết định 4800/QĐ-BYT ngày 12/10/2021',
    en: 'Decision 4800/QĐ-BYT of 2021-10-12',
  },
  from: '2021-10-12',
  until: '2022-01-26',
  source: 'moitruong.net.vn, infographic of three criteria; e.vnexpress.net 4421798',
  verified: false,
  windowDays: 7,
  cases: 'community',
  ...resolution128,
  transmission: [
    {
      measure: 'cases',
      cuts: [
        { at: 20, reached: 'at-least', source: 'Hải Phòng department of health: 0 to <20', verified: true },
        { at: 50, reached: 'at-least', source: 'recalled: 20 to <50', verified: false },
        { at: 150, reached: 'at-least', source: 'e.vnexpress.net 4421798', verified: true },
      ],
    },
  ],
  groups: [
    {
      id: 'criterion-2',
      care: false,
      shares: [
        {
          id: 'adults-one-dose',
          fromAge: 18,
          dose: 'oneDose',
          share: 0.7,
          source: 'ages: vietbao.vn 271722; 70 %: recalled',
          verified: false,
        },
      ],
    },
  ],
  matrix: {
    rows: [
      [only(1), only(1), only(2), only(3)],
      [{ low: 1, high: 2 }, only(2), only(3), only(4)],
    ],
    source:
      'recalled; "band 2 → 1" and "band 3 → 2" with coverage met agree with the levels declared in Ho Chi Minh City on 2021-11-08 and 2022-01-07',
    verified: false,
  },
  floors: [
    {
      id: 'elders-full-course',
      from: '2021-10-12',
      fromAge: 65,
      dose: 'fullCourse',
      share: 0.8,
      source: floorSource,
      verified: false,
    },
    {
      id: 'elders-full-course',
      from: '2021-11-01',
      fromAge: 50,
      dose: 'fullCourse',
      share: 0.8,
      source: floorSource,
      verified: false,
    },
  ],
  careForbidsLowering: {
    words: {
      vi: 'Chưa đạt tiêu chí 3 (khả năng thu dung, điều trị) thì không được hạ cấp độ dịch.',
      en: 'While criterion 3 (capacity to admit and treat) is not met, the level may not be lowered.',
    },
    source: 'vietbao.vn 271722 (draft)',
    verified: false,
  },
  hysteresis: {
    words: {
      vi: 'Không có quy định giữ cấp độ; chỉ tiêu chí 3 chưa đạt mới ngăn việc hạ cấp.',
      en: 'No memory of earlier weeks; only criterion 3, when not met, keeps the level up.',
    },
    source: 'vietbao.vn 271722 (draft); no rule was found',
    verified: false,
  },
};
