import { districtClock } from '../../district/moment.ts';

/** A hotline hears little: in an exercise its clock is that of those who hear more, too. */
export const { momentOf, newestKnown } = districtClock([
  'hotline.call_versions.known_at',
  'incidents.published_incidents.known_at',
  'urban_order.published_violations.known_at',
]);
