import { both } from '../both.ts';

/** Names of figures, of the groups they stand in, and of what they are counted in. */
export const figureNames = both<Record<string, string>>(
  {
    'incidence-7d': 'Ca mới 7 ngày / 100.000 dân',
    'incidence-14d': 'Ca mới 14 ngày / 100.000 dân',
    'cases-7d': 'Ca mới trong 7 ngày',
    'cases-14d': 'Ca mới trong 14 ngày',
    'active-cases': 'Ca đang điều trị',
    'coverage-one-dose': 'Đã tiêm ít nhất một mũi',
    'coverage-full': 'Đã tiêm đủ liều',
    'beds-free': 'Giường trống',
    'violations-open': 'Vi phạm chưa xử lý xong',
    violations: 'Vi phạm đã biết',
    'violations-reported-7d': 'Vi phạm trong 7 ngày',
    'violations-reported-30d': 'Vi phạm trong 30 ngày',
    'violations-overdue': 'Vi phạm quá hạn',
    'businesses-active': 'Cơ sở đang hoạt động',
    businesses: 'Cơ sở đã đăng ký',
    'businesses-active-licensed': 'Đang hoạt động, giấy phép còn hạn',
    'businesses-active-lapsed': 'Đang hoạt động, giấy phép hết hạn',
    'businesses-suspended': 'Cơ sở tạm ngưng',
    'businesses-closed': 'Cơ sở đã đóng',
    'businesses-restricted': 'Cơ sở mở có giới hạn',
  },
  {
    'incidence-7d': 'New cases, 7 days / 100,000',
    'incidence-14d': 'New cases, 14 days / 100,000',
    'cases-7d': 'New cases in 7 days',
    'cases-14d': 'New cases in 14 days',
    'active-cases': 'Cases in care',
    'coverage-one-dose': 'At least one dose',
    'coverage-full': 'Fully vaccinated',
    'beds-free': 'Free beds',
    'violations-open': 'Violations unresolved',
    violations: 'Violations known',
    'violations-reported-7d': 'Violations in 7 days',
    'violations-reported-30d': 'Violations in 30 days',
    'violations-overdue': 'Violations overdue',
    'businesses-active': 'Active businesses',
    businesses: 'Businesses registered',
    'businesses-active-licensed': 'Active, licence in force',
    'businesses-active-lapsed': 'Active, licence ended',
    'businesses-suspended': 'Businesses suspended',
    'businesses-closed': 'Businesses closed',
    'businesses-restricted': 'Businesses open with limits',
  },
);

export const figureGroups = both(
  { epidemic: 'Dịch bệnh', 'urban-order': 'Trật tự đô thị', economy: 'Kinh tế' },
  { epidemic: 'Epidemic', 'urban-order': 'Urban order', economy: 'Economy' },
);

export const units = both<Record<string, string>>(
  {
    cases: 'ca',
    'cases/100,000/week': 'ca / 100.000 dân / tuần',
    'per 100,000 in 7 days': 'ca / 100.000 dân / 7 ngày',
    'per 100,000 in 14 days': 'ca / 100.000 dân / 14 ngày',
    share: '',
    beds: 'giường',
    violations: 'vụ',
    businesses: 'cơ sở',
    people: 'người',
  },
  {
    cases: 'cases',
    'cases/100,000/week': 'cases / 100,000 people / week',
    'per 100,000 in 7 days': 'cases / 100,000 people / 7 days',
    'per 100,000 in 14 days': 'cases / 100,000 people / 14 days',
    share: '',
    beds: 'beds',
    violations: 'violations',
    businesses: 'businesses',
    people: 'people',
  },
);
