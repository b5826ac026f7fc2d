import type { Dose } from '../../coverage/area-coverage.ts';
import type { coverageAges } from '../../coverage/read-vaccinated.ts';

/** How a number comes about. The id and version go with the number wherever it is shown. */
export interface Formula {
  id: string;
  version: number;
  unit: string;
  /** "Cách tính" and "how computed". */
  explanation: { vi: string; en: string };
}

const coverageText = (vi: string, en: string) => ({
  one: {
    vi: `Số người ${vi}đã tiêm ít nhất 1 liều / dân số đúng nhóm tuổi đó. Lấy số công bố của khu vực, nếu không có: tổng các khu bên dưới khi đủ tất cả; chỉ khi cả quận không công bố gì mới đếm từng mũi tiêm. Mẫu số là dân số nhóm do nơi công bố kèm theo, nếu không: dân số theo nhóm tuổi. Có thể vượt 100 % khi người tiêm cư trú nơi khác hoặc dân số ước tính thấp.`,
    en: `People ${en}with at least one dose / people of just these ages. Published totals of the area, else the sum of all areas below it when each has one; single doses are counted only where nothing is published in the whole district. The denominator is the publisher's own, else the population of these ages. It may pass 100 % where people live elsewhere or the population is underestimated.`,
  },
  full: {
    vi: `Số người ${vi}đã tiêm đủ liều cơ bản / dân số đúng nhóm tuổi đó; nguồn và mẫu số như “ít nhất 1 liều”.`,
    en: `People ${en}with the full primary course / people of just these ages; sources and denominator as for at least one dose.`,
  },
});
const ofAllAges = coverageText('thuộc mọi lứa tuổi ', 'of all ages ');
const ofAdults = coverageText('từ 18 tuổi ', 'aged 18 and over ');
const from50 = coverageText('từ 50 tuổi ', 'aged 50 and over ');
const from65 = coverageText('từ 65 tuổi ', 'aged 65 and over ');

const share = { version: 1, unit: 'share' } as const;

/** Coverage by age and dose. QĐ 4800/QĐ-BYT asks for one dose of those aged 18 and over, and the full course of those aged 50 or 65 and over. */
export const coverageFormulas = [
  { ...share, id: 'coverage-one-dose', version: 2, fromAge: 0, dose: 'oneDose', explanation: ofAllAges.one },
  { ...share, id: 'coverage-full', version: 2, fromAge: 0, dose: 'fullCourse', explanation: ofAllAges.full },
  { ...share, id: 'coverage-one-dose-18', fromAge: 18, dose: 'oneDose', explanation: ofAdults.one },
  { ...share, id: 'coverage-full-18', fromAge: 18, dose: 'fullCourse', explanation: ofAdults.full },
  { ...share, id: 'coverage-one-dose-50', fromAge: 50, dose: 'oneDose', explanation: from50.one },
  { ...share, id: 'coverage-full-50', fromAge: 50, dose: 'fullCourse', explanation: from50.full },
  { ...share, id: 'coverage-one-dose-65', fromAge: 65, dose: 'oneDose', explanation: from65.one },
  { ...share, id: 'coverage-full-65', fromAge: 65, dose: 'fullCourse', explanation: from65.full },
] as const satisfies (Formula & { fromAge: (typeof coverageAges)[number]; dose: Dose })[];

const formulas = [
  {
    id: 'cases-7d',
    version: 2,
    unit: 'cases',
    explanation: {
      vi: 'Số ca trong 7 ngày đến hết ngày xem, theo ngày lấy mẫu (nếu thiếu: ngày xác nhận); không tính bản ghi “không phải ca bệnh”. Nơi công bố số gộp: tổng các kỳ (ngày, tuần, …) nằm trọn trong 7 ngày đến hết ngày công bố mới nhất, không đếm trùng; khu chưa công bố là tổng các khu bên dưới khi đủ tất cả. Thiếu ngày, bị ẩn hoặc chưa có báo cáo thì không có số, không phải bằng 0.',
      en: 'Cases of the 7 days up to the day shown, by date of specimen (else of confirmation), without records found not to be a case. Where counts are published: the sum of the periods (days, weeks, …) that lie wholly in the 7 days up to the newest published day, none counted twice; an area without its own is the sum of all areas below it. Where a day is missing or suppressed, or nothing was reported, there is no number, which is not zero.',
    },
  },
  {
    id: 'cases-14d',
    version: 2,
    unit: 'cases',
    explanation: {
      vi: 'Như “ca trong 7 ngày”, nhưng 14 ngày.',
      en: 'As cases of 7 days, over 14 days.',
    },
  },
  {
    id: 'incidence-7d',
    version: 2,
    unit: 'per 100,000 in 7 days',
    explanation: {
      vi: 'Số ca 7 ngày × 100.000 / dân số đang có hiệu lực. Khi 7 ngày là đúng một kỳ công bố kèm tỉ lệ: dùng đúng tỉ lệ đã công bố.',
      en: 'Cases of 7 days × 100,000 / population in force. Where the 7 days are one published period with a rate: the rate as published.',
    },
  },
  {
    id: 'incidence-14d',
    version: 2,
    unit: 'per 100,000 in 14 days',
    explanation: {
      vi: 'Số ca 14 ngày × 100.000 / dân số đang có hiệu lực.',
      en: 'Cases of 14 days × 100,000 / population in force.',
    },
  },
  {
    id: 'active-cases',
    version: 2,
    unit: 'cases',
    explanation: {
      vi: 'Số ca có trạng thái đang theo dõi, ở nhà, nằm viện hoặc hồi sức tại thời điểm xem, theo danh sách từng ca.',
      en: 'Cases whose status is active, home care, hospitalised or intensive care at the moment shown, by the list of single cases.',
    },
  },
  ...coverageFormulas,
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
export const allFormulas: readonly Formula[] = formulas.map(({ id, version, unit, explanation }) => ({
  id,
  version,
  unit,
  explanation,
}));
