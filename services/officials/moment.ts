import { districtClock } from '../district/moment.ts';

/** Officials are seldom heard of: in an exercise the clock is that of those who hear more, too. */
export const { momentOf, newestKnown } = districtClock([
  'officials.officers.known_at',
  'officials.directive_answers.known_at',
  'hotline.published_rings.known_at',
  'citizens.published_reports.known_at',
  'incidents.published_incidents.known_at',
  'urban_order.published_violations.known_at',
]);
