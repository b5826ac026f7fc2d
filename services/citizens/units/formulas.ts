import type { Words } from '#contracts/words.ts';

/** What is said of units, with the rule by which it is worked out. */
export interface UnitFormula {
  id: string;
  version: number;
  words: Words;
  explanation: Words;
  source: string;
  verified: boolean;
}

/** Fewer judgements than this are not told: who judged could be known, and one more would turn the share over. */
export const fewestRatings = 5;

export const unitFormulas: readonly UnitFormula[] = [
  {
    id: 'report-on-time',
    version: 1,
    words: { vi: 'Tỷ lệ trả lời đúng hạn', en: 'Answered on time' },
    explanation: {
      vi: 'Phản ánh tiếp nhận trong kỳ, thuộc thẩm quyền, được trả lời lần đầu không sau hạn ÷ phản ánh tiếp nhận trong kỳ, thuộc thẩm quyền, đã trả lời hoặc đã hết hạn. Đơn vị là đơn vị trả lời lần đầu; chưa trả lời thì đơn vị đang giữ. Kết quả “không thuộc thẩm quyền” không tính.',
      en: 'Reports received in the period, within competence, first answered not after their due time ÷ reports received in the period, within competence, that were answered or whose time is over. Of the unit that gave the first answer, or that has it now. “Not our duty” does not count.',
    },
    source: 'QĐ 766/QĐ-TTg (2022-06-23): xử lý đúng hạn ÷ tổng số phản ánh thuộc thẩm quyền',
    verified: false,
  },
  {
    id: 'report-satisfaction',
    version: 1,
    words: { vi: 'Tỷ lệ hài lòng', en: 'Satisfied' },
    explanation: {
      vi: 'Lượt đánh giá 4 hoặc 5 ÷ mọi lượt đánh giá trong kỳ, mỗi lần trả lời một lượt, của chính người phản ánh. Khoảng tin cậy Wilson 95 %. Dưới 5 lượt thì không hiện.',
      en: 'Judgements of 4 or 5 ÷ all judgements of the period, one an answer, by the reporters themselves. Wilson’s 95 % interval. Not told below five.',
    },
    source: 'Công thức của hệ thống; QĐ 766/QĐ-TTg trừ thêm phản ánh trả lời trễ',
    verified: false,
  },
];
