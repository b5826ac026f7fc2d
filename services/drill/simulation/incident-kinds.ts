import type { IncidentKind } from '../../incidents/incident.ts';

/** How an incident of a kind goes. */
export interface IncidentCourse {
  kind: IncidentKind;
  /** Share of a dry day's incidents, in hundredths. */
  weight: number;
  /** Share of what a flood adds, in hundredths. */
  flooded: number;
  /** Falls off when streets are empty, and gathers in the rush hours. */
  traffic: boolean;
  /** Median minutes from report to end. */
  minutes: number;
  /** Weights of severity 1 to 4. */
  severity: readonly [number, number, number, number];
  /** What whoever reports one says. */
  said: readonly string[];
}

/** Shares are invented for training. */
export const incidentCourses: readonly IncidentCourse[] = [
  {
    kind: 'crash',
    weight: 24,
    flooded: 8,
    traffic: true,
    minutes: 45,
    severity: [40, 40, 15, 5],
    said: ['Hai xe máy va chạm', 'Xe tải va chạm xe máy', 'Ô tô tông dải phân cách'],
  },
  {
    kind: 'congestion',
    weight: 24,
    flooded: 20,
    traffic: true,
    minutes: 50,
    severity: [45, 40, 14, 1],
    said: ['Xe container ùn ứ', 'Ùn tắc trước cổng khu chế xuất', 'Xe đông, di chuyển chậm'],
  },
  {
    kind: 'flooding',
    weight: 2,
    flooded: 40,
    traffic: false,
    minutes: 240,
    severity: [30, 45, 20, 5],
    said: ['Ngập nửa bánh xe', 'Nước tràn vào nhà dân', 'Triều dâng, đường ngập'],
  },
  {
    kind: 'signal-failure',
    weight: 7,
    flooded: 4,
    traffic: false,
    minutes: 300,
    severity: [50, 40, 10, 0],
    said: ['Đèn tín hiệu không hoạt động', 'Đèn chớp vàng liên tục'],
  },
  {
    kind: 'breakdown',
    weight: 12,
    flooded: 18,
    traffic: true,
    minutes: 35,
    severity: [70, 25, 5, 0],
    said: ['Xe chết máy giữa đường', 'Xe tải hỏng, chắn một làn'],
  },
  {
    kind: 'fallen-tree',
    weight: 3,
    flooded: 9,
    traffic: false,
    minutes: 200,
    severity: [35, 45, 15, 5],
    said: ['Cây đổ chắn đường', 'Nhánh cây gãy, vướng dây điện'],
  },
  {
    kind: 'theft',
    weight: 12,
    flooded: 0,
    traffic: false,
    minutes: 480,
    severity: [40, 50, 10, 0],
    said: ['Mất xe máy trước nhà', 'Kho hàng bị cạy cửa'],
  },
  {
    kind: 'robbery',
    weight: 3,
    flooded: 0,
    traffic: false,
    minutes: 540,
    severity: [0, 45, 45, 10],
    said: ['Giật điện thoại trên đường', 'Cướp giật túi xách'],
  },
  {
    kind: 'public-disorder',
    weight: 6,
    flooded: 0,
    traffic: false,
    minutes: 60,
    severity: [45, 40, 13, 2],
    said: ['Tụ tập, gây ồn ào', 'Đánh nhau trước quán', 'Tụ tập đông người'],
  },
  {
    kind: 'fire',
    weight: 3,
    flooded: 0,
    traffic: false,
    minutes: 90,
    severity: [30, 35, 25, 10],
    said: ['Cháy bãi cỏ', 'Chập điện gây cháy', 'Khói từ nhà xưởng'],
  },
  {
    kind: 'rescue',
    weight: 1,
    flooded: 1,
    traffic: false,
    minutes: 80,
    severity: [0, 20, 45, 35],
    said: ['Có người rơi xuống kênh', 'Kẹt thang máy'],
  },
  {
    kind: 'other',
    weight: 3,
    flooded: 0,
    traffic: false,
    minutes: 60,
    severity: [70, 25, 5, 0],
    said: ['Vật liệu rơi vãi trên đường', 'Nắp cống hở'],
  },
];
