import type { EventType } from '#contracts/catalogue.ts';
import type { ViolationKind } from '#contracts/events/urban-order/violation-reported.ts';
import type { Randomness } from './random.ts';

export type ViolationStep = Extract<EventType, `violation-${string}`>;

/** Breaches by kind, in hundredths, and what a person who reports one writes. Shares are ours, led by the city's 293 : 211 of 2020. */
export const violationKinds: { kind: ViolationKind; weight: number; building: boolean; words: string[] }[] = [
  {
    kind: 'without-permit',
    weight: 29,
    building: true,
    words: ['Xây nhà không có giấy phép', 'Đổ sàn ban đêm, không thấy bảng giấy phép'],
  },
  {
    kind: 'against-permit',
    weight: 23,
    building: true,
    words: ['Xây thêm tầng so với giấy phép', 'Sai số tầng, sai mật độ xây dựng'],
  },
  {
    kind: 'encroachment',
    weight: 16,
    building: false,
    words: ['Lấn chiếm vỉa hè để buôn bán', 'Cơi nới ban công ra hẻm'],
  },
  {
    kind: 'unsafe-site',
    weight: 10,
    building: true,
    words: ['Công trình không che chắn, rơi vật liệu', 'Cẩu tháp hoạt động ngoài giờ'],
  },
  { kind: 'sanitation', weight: 7, building: false, words: ['Đổ xà bần ra đường', 'Rác xây dựng không thu gom'] },
  { kind: 'harm-to-neighbour', weight: 5, building: true, words: ['Nhà bên cạnh bị nứt do đào móng'] },
  { kind: 'against-planning', weight: 4, building: true, words: ['Xây trong hành lang quy hoạch'] },
  { kind: 'against-approved-design', weight: 3, building: true, words: ['Sai thiết kế đã thẩm định'] },
  { kind: 'canal-filling', weight: 2, building: false, words: ['San lấp kênh rạch', 'Đổ đất lấn rạch'] },
  { kind: 'other', weight: 1, building: false, words: ['Vi phạm khác'] },
];

export interface CourseStep {
  type: ViolationStep;
  /** Days after the report. */
  afterDays: number;
  data: Record<string, string | number>;
}

/**
 * The steps after a report, lawful in their order: verified or dismissed; minutes; works stopped; decision; remedied; closed. Steps may
 * come late, and one in four breaches is not put right within its term; some never get further.
 */
export function violationCourse(building: boolean, random: Randomness): CourseStep[] {
  const steps: CourseStep[] = [];
  let afterDays = 0;
  const step = (type: ViolationStep, wait: number, data: CourseStep['data'] = {}) => {
    afterDays += wait;
    steps.push({ type, afterDays, data });
  };
  if (random.chance(0.04)) return steps; // nobody went there
  const visit = random.logNormal(Math.log(1), 0.8);
  if (random.chance(0.2)) {
    step('violation-dismissed', visit, { reason: 'Kiểm tra thực tế, không có vi phạm' });
    return steps;
  }
  step('violation-verified', visit);
  if (random.chance(0.05)) return steps;
  step('violation-minuted', 0.05 + random.next() * 1.5);
  if (building && random.chance(0.75)) step('violation-suspended', 0.05 + random.next());
  if (random.chance(0.08)) return steps; // no decision was ever taken
  const remedyDays = building ? random.one([30, 60]) : 10;
  step('violation-decided', random.logNormal(Math.log(5.5), 0.5), {
    ...penalty(
      building,
      random.one(['ward', 'ward', 'district'] as const),
      Math.round(random.logNormal(Math.log(18), 0.7)),
    ),
    remedyDays,
  });
  if (random.chance(0.14)) return steps; // overdue for good
  step('violation-remedied', remedyDays * random.logNormal(Math.log(0.65), 0.5));
  if (random.chance(0.94))
    step('violation-closed', 0.5 + random.logNormal(Math.log(2), 0.6), { outcome: 'Đã khắc phục' });
  return steps;
}

/**
 * Within the law of 2021: a ward fined organisations up to 10 million đồng, a district up to 100. Building without a permit cost 20 to 50 million, a person half of it,
 * which is beyond a ward.
 */
function penalty(building: boolean, authority: 'ward' | 'district', millions: number): CourseStep['data'] {
  const fined = building ? Math.min(50, Math.max(11, millions)) : Math.min(100, Math.max(1, millions));
  return { authority: fined > 10 ? 'district' : authority, fineVnd: fined * 1_000_000 };
}
