import { both } from '../both.ts';

/** Names of what is forecast. */
export const forecastTargets = both<Record<string, string>>(
  {
    cases: 'Ca mắc',
    admissions: 'Ca nhập viện',
    beds: 'Giường đang dùng',
    'intensive-care': 'Giường hồi sức đang dùng',
    'businesses-active': 'Cơ sở hoạt động',
  },
  {
    cases: 'Cases',
    admissions: 'Admissions',
    beds: 'Beds in use',
    'intensive-care': 'Intensive care beds in use',
    'businesses-active': 'Businesses active',
  },
);

/** What a forecast is counted in: by target, and by target and `day` where the steps are days. */
export const forecastUnits = both<Record<string, string>>(
  {
    cases: 'ca / tuần',
    admissions: 'ca nhập viện / tuần',
    'cases day': 'ca / ngày',
    'admissions day': 'ca nhập viện / ngày',
    beds: 'giường',
    'intensive-care': 'giường',
    'businesses-active': 'cơ sở',
  },
  {
    cases: 'cases a week',
    admissions: 'admissions a week',
    'cases day': 'cases a day',
    'admissions day': 'admissions a day',
    beds: 'beds',
    'intensive-care': 'beds',
    'businesses-active': 'businesses',
  },
);
