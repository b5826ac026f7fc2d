import type { Words } from '#contracts/words.ts';

export const formulaIds = [
  'call-answered',
  'call-time-to-answer',
  'directive-on-time',
  'report-on-time',
  'report-reopened',
  'report-satisfaction',
] as const;
export type FormulaId = (typeof formulaIds)[number];

/** A number of an evaluation, with the rule by which it is worked out. Nothing follows from it by itself. */
export interface EvaluationFormula {
  id: FormulaId;
  version: number;
  words: Words;
  explanation: Words;
  /** share: hits ÷ rows within competence. median: of the seconds of these rows. */
  kind: 'share' | 'median-seconds';
  /** officer: of what was his own. unit: of what his unit did. */
  of: 'officer' | 'unit';
  source: string;
  verified: boolean;
}

/** Of fewer rows nothing is said: one more would turn it over. */
export const fewestRows = 5;

export const formulas: readonly EvaluationFormula[] = [
  {
    id: 'call-answered',
    version: 1,
    words: { vi: 'Tỷ lệ trả lời cuộc gọi', en: 'Calls answered' },
    explanation: {
      vi: 'Lần đổ chuông ở máy mình trực được trả lời ÷ mọi lần đổ chuông trong ca trực. Không tính: người gọi tự gác máy, lỗi nhà mạng, và dòng có khiếu nại được chấp nhận.',
      en: 'Rings of a telephone while on call there that were answered ÷ all rings during the shifts. Not counted: the caller hung up, the carrier failed, and rows whose dispute was accepted.',
    },
    kind: 'share',
    of: 'officer',
    source: 'Công thức của hệ thống, theo sổ tổng đài',
    verified: false,
  },
  {
    id: 'call-time-to-answer',
    version: 1,
    words: { vi: 'Thời gian trả lời (trung vị)', en: 'Time to answer (median)' },
    explanation: {
      vi: 'Trung vị số giây đổ chuông của các lần được trả lời trong ca trực; khoảng tin cậy 95 % theo thứ tự.',
      en: 'Median of the seconds that answered telephones rang during the shifts; 95 % interval by order statistics.',
    },
    kind: 'median-seconds',
    of: 'officer',
    source: 'Công thức của hệ thống, theo sổ tổng đài',
    verified: false,
  },
  {
    id: 'directive-on-time',
    version: 1,
    words: { vi: 'Chỉ đạo hoàn thành đúng hạn', en: 'Directives done in time' },
    explanation: {
      vi: 'Chỉ đạo giao cho cán bộ, đến hạn trong kỳ, được cán bộ báo hoàn thành không sau hạn ÷ mọi chỉ đạo giao cho cán bộ đến hạn trong kỳ. Chỉ đạo đã rút không tính.',
      en: 'Directives addressed to the officer and due in the period that he reported done not after their due time ÷ all that were due in it. Withdrawn ones are not counted.',
    },
    kind: 'share',
    of: 'officer',
    source: 'NĐ 90/2020/NĐ-CP (2020-08-13): hoàn thành nhiệm vụ đúng tiến độ',
    verified: false,
  },
  {
    id: 'report-on-time',
    version: 1,
    words: { vi: 'Phản ánh của đơn vị trả lời đúng hạn', en: 'Reports of the unit answered in time' },
    explanation: {
      vi: 'Phản ánh tiếp nhận trong kỳ, thuộc thẩm quyền đơn vị, trả lời lần đầu không sau hạn ÷ phản ánh đã trả lời hoặc đã hết hạn. “Không thuộc thẩm quyền” không tính.',
      en: 'Reports received in the period within the unit’s competence that were first answered not after their due time ÷ those answered or whose time is over. “Not our duty” is not counted.',
    },
    kind: 'share',
    of: 'unit',
    source: 'QĐ 766/QĐ-TTg (2022-06-23): xử lý đúng hạn ÷ tổng số phản ánh thuộc thẩm quyền',
    verified: false,
  },
  {
    id: 'report-reopened',
    version: 1,
    words: { vi: 'Phản ánh của đơn vị phải mở lại', en: 'Reports of the unit opened again' },
    explanation: {
      vi: 'Phản ánh tiếp nhận trong kỳ, đơn vị trả lời lần đầu, sau đó phải mở lại ÷ mọi phản ánh đơn vị trả lời lần đầu. Càng thấp càng tốt.',
      en: 'Reports received in the period, first answered by the unit, that were opened again ÷ all first answered by it. Lower is better.',
    },
    kind: 'share',
    of: 'unit',
    source: 'Công thức của hệ thống',
    verified: false,
  },
  {
    id: 'report-satisfaction',
    version: 1,
    words: { vi: 'Hài lòng với trả lời của đơn vị', en: 'Satisfied with the unit’s answers' },
    explanation: {
      vi: 'Lượt đánh giá 4 hoặc 5 ÷ mọi lượt đánh giá trong kỳ về trả lời của đơn vị.',
      en: 'Judgements of 4 or 5 ÷ all judgements of the period on answers of the unit.',
    },
    kind: 'share',
    of: 'unit',
    source: 'Công thức của hệ thống; QĐ 766/QĐ-TTg trừ thêm phản ánh trả lời trễ',
    verified: false,
  },
];
