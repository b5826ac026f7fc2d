import { both } from '../i18n/both.ts';

/** Risk of an area: its level, where it may go, and why. */
export const areaRiskWords = both(
  {
    level: {
      title: 'Nguy cơ',
      now: 'Mức hiện nay',
      names: ['Mức 1', 'Mức 2', 'Mức 3', 'Mức 4', 'Mức 5', 'Mức 6', 'Mức 7', 'Mức 8'],
      of: (rate: string) => `${rate} ca / 100.000 dân / tuần, đã cộng ca báo muộn`,
      score: 'Điểm',
      outOf100: '/ 100',
      strip: 'Khả năng từng mức trong bốn tuần tới',
      week: 'Tuần đến',
      up: 'Lên mức',
      down: 'Xuống mức',
      share: (level: string, share: string) => `${level}: ${share}`,
      updating: 'đang lấy lý do mới…',
      newer: (score: string) => `Vừa có điểm mới: ${score}, đang lấy lý do…`,
    },
    why: {
      title: 'Vì sao',
      none: 'Chưa có lời giải thích cho khu vực này.',
      also: 'Yếu tố khác',
      adds: 'làm tăng điểm',
      takes: 'làm giảm điểm',
    },
    data: {
      believed: (day: string) => `tuần cuối còn nghi ngờ nên tính từ tuần kết thúc ${day}`,
      saidAt: (instant: string) => `chấm lúc ${instant}`,
      computed: 'tính khi mở',
    },
    notSaid: 'chưa có',
  },
  {
    level: {
      title: 'Risk',
      now: 'Level now',
      names: ['Level 1', 'Level 2', 'Level 3', 'Level 4', 'Level 5', 'Level 6', 'Level 7', 'Level 8'],
      of: (rate) => `${rate} cases per 100,000 a week, late reports included`,
      score: 'Score',
      outOf100: '/ 100',
      strip: 'How likely each level is over the next four weeks',
      week: 'Week to',
      up: 'Rises',
      down: 'Falls',
      share: (level, share) => `${level}: ${share}`,
      updating: 'fetching the new reasons…',
      newer: (score) => `A new score has just come: ${score}; fetching its reasons…`,
    },
    why: {
      title: 'Why',
      none: 'There is no explanation for this area yet.',
      also: 'What else was looked at',
      adds: 'raises the score',
      takes: 'lowers the score',
    },
    data: {
      believed: (day) => `the last week is doubted, so counted from the week that ended ${day}`,
      saidAt: (instant) => `scored at ${instant}`,
      computed: 'computed on opening',
    },
    notSaid: 'none yet',
  },
);
