import type { Randomness } from './random.ts';

/** Invented names; any likeness is chance. `essential`: may stay open in the lockdown. `home`: share of household businesses. */
export const sectors = [
  {
    sector: 'Ăn uống',
    weight: 26,
    essential: false,
    home: 0.85,
    words: ['Quán ăn', 'Cà phê', 'Nhà hàng', 'Cơm tấm', 'Bún bò'],
  },
  {
    sector: 'Bán lẻ thực phẩm',
    weight: 13,
    essential: true,
    home: 0.8,
    words: ['Tạp hóa', 'Cửa hàng', 'Siêu thị mini'],
  },
  { sector: 'Bán lẻ khác', weight: 19, essential: false, home: 0.7, words: ['Cửa hàng', 'Shop', 'Nội thất'] },
  { sector: 'Dược phẩm', weight: 3, essential: true, home: 0.5, words: ['Nhà thuốc'] },
  { sector: 'Dịch vụ cá nhân', weight: 12, essential: false, home: 0.85, words: ['Tiệm tóc', 'Spa', 'Giặt ủi'] },
  { sector: 'Xây dựng', weight: 6, essential: false, home: 0.15, words: ['Công ty Xây dựng'] },
  { sector: 'Vận tải và kho bãi', weight: 5, essential: true, home: 0.2, words: ['Công ty Vận tải', 'Kho vận'] },
  { sector: 'Sản xuất', weight: 7, essential: false, home: 0.1, words: ['Công ty Sản xuất', 'Xưởng'] },
  { sector: 'Dịch vụ doanh nghiệp', weight: 9, essential: false, home: 0.05, words: ['Công ty', 'Văn phòng'] },
] as const;

const first = [
  'Hương',
  'Minh',
  'Phú',
  'An',
  'Thành',
  'Hồng',
  'Kim',
  'Bảo',
  'Ngọc',
  'Tân',
  'Đại',
  'Thiên',
  'Gia',
  'Hải',
  'Sông',
];
const second = [
  'Nam',
  'Phát',
  'Lợi',
  'Bình',
  'Đạt',
  'Hà',
  'Long',
  'Châu',
  'Việt',
  'Thịnh',
  'Tâm',
  'Vân',
  'Khánh',
  'Mai',
];

export const businessName = (words: readonly string[], number: number, random: Randomness): string =>
  `${random.one(words)} ${random.one(first)} ${random.one(second)} ${number}`;
