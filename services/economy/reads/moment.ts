import { districtClock } from '../../district/moment.ts';

export const { momentOf, newestKnown } = districtClock([
  'economy.business_versions.known_at',
  'economy.indicator_versions.known_at',
]);
