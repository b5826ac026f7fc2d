import { both } from '../both.ts';

/** Names of the feeds whose freshness is shown. */
export const feedNames = both<Record<string, string>>(
  {
    cases: 'Ca bệnh',
    counts: 'Số ca công bố',
    vaccination: 'Tiêm chủng',
    capacity: 'Năng lực điều trị',
    violations: 'Vi phạm',
    businesses: 'Kinh doanh',
    indicators: 'Chỉ số kinh tế',
    areas: 'Địa giới',
    risk: 'Điểm nguy cơ',
    forecasts: 'Dự báo',
    clusters: 'Ổ dịch',
  },
  {
    cases: 'Cases',
    counts: 'Published counts',
    vaccination: 'Vaccination',
    capacity: 'Treatment capacity',
    violations: 'Violations',
    businesses: 'Businesses',
    indicators: 'Economic indicators',
    areas: 'Boundaries',
    risk: 'Risk scores',
    forecasts: 'Forecasts',
    clusters: 'Clusters',
  },
);
