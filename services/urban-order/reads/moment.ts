import { districtClock } from '../../district/moment.ts';

export const { momentOf, newestKnown } = districtClock(['urban_order.violation_versions.known_at']);
