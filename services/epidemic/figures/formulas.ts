/** How a number comes about. The id and version go with the number wherever it is shown. */
export interface Formula {
  id: string;
  version: number;
  unit: string;
  /** "Cách tính" and "how computed". */
  explanation: { vi: string; en: string };
}

const formulas = [
  {
    id: 'cases-7d',
    version: 1,
    unit: 'cases',
    explanation: {
      vi: 'Số ca trong 7 ngày đến hết ngày xem, theo ngày lấy mẫu (nếu thiếu: ngày xác nhận); không tính bản ghi “không phải ca bệnh”. Nơi chỉ công bố số gộp: kỳ công bố mới nhất dài không quá 7 ngày.',
      en: 'Cases of the 7 days up to the day shown, by date of specimen (else of confirmation), without records found not to be a case. Where only counts are published: the newest published period of at most 7 days.',
    },
  },
  {
    id: 'cases-14d',
    version: 1,
    unit: 'cases',
    explanation: {
      vi: 'Như “ca trong 7 ngày”, nhưng 14 ngày; với số gộp: hai kỳ liền nhau.',
      en: 'As cases of 7 days, over 14 days; with published counts: the two newest periods.',
    },
  },
  {
    id: 'incidence-7d',
    version: 1,
    unit: 'per 100,000 in 7 days',
    explanation: {
      vi: 'Số ca 7 ngày × 100.000 / dân số đang có hiệu lực. Với số gộp có công bố sẵn tỉ lệ: dùng đúng tỉ lệ đã công bố.',
      en: 'Cases of 7 days × 100,000 / population in force. Where the source publishes the rate with its count: the rate as published.',
    },
  },
  {
    id: 'incidence-14d',
    version: 1,
    unit: 'per 100,000 in 14 days',
    explanation: {
      vi: 'Số ca 14 ngày × 100.000 / dân số đang có hiệu lực.',
      en: 'Cases of 14 days × 100,000 / population in force.',
    },
  },
  {
    id: 'active-cases',
    version: 1,
    unit: 'cases',
    explanation: {
      vi: 'Số ca có trạng thái đang theo dõi, ở nhà, nằm viện hoặc hồi sức tại thời điểm xem.',
      en: 'Cases whose status is active, home care, hospitalised or intensive care at the moment shown.',
    },
  },
  {
    id: 'coverage-one-dose',
    version: 1,
    unit: 'share',
    explanation: {
      vi: 'Số người đã tiêm ít nhất 1 liều / dân số cùng nhóm tuổi. Có thể vượt 100 % khi người tiêm cư trú nơi khác hoặc dân số ước tính thấp.',
      en: 'People with at least one dose / population of the same ages. It may pass 100 % where people live elsewhere or the population is underestimated.',
    },
  },
  {
    id: 'coverage-full',
    version: 1,
    unit: 'share',
    explanation: {
      vi: 'Số người đã tiêm đủ liều cơ bản / dân số cùng nhóm tuổi.',
      en: 'People with the full primary course / population of the same ages.',
    },
  },
  {
    id: 'beds-free',
    version: 1,
    unit: 'beds',
    explanation: {
      vi: 'Tổng giường trừ giường đang dùng của các cơ sở trong khu vực, theo báo cáo mới nhất của mỗi cơ sở; âm nghĩa là quá tải.',
      en: 'Beds less occupied beds of the facilities in the area, from the newest report of each; negative means over capacity.',
    },
  },
] as const satisfies Formula[];

export type FormulaId = (typeof formulas)[number]['id'];
export const formulaById = Object.fromEntries(formulas.map((formula) => [formula.id, formula])) as Record<
  FormulaId,
  Formula
>;
export const allFormulas: readonly Formula[] = formulas;
