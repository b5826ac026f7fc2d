import { both } from '../both.ts';

/** Names of the kinds of data that a file may bring. */
export const importKinds = both<Record<string, string>>(
  {
    population: 'Dân số',
    cases: 'Ca bệnh',
    'case-counts': 'Số ca công bố',
    vaccination: 'Tiêm chủng',
    capacity: 'Năng lực điều trị',
    violations: 'Vi phạm',
    businesses: 'Cơ sở kinh doanh',
  },
  {
    population: 'Population',
    cases: 'Cases',
    'case-counts': 'Published case counts',
    vaccination: 'Vaccination',
    capacity: 'Treatment capacity',
    violations: 'Violations',
    businesses: 'Businesses',
  },
);
