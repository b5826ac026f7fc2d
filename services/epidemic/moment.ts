import { districtClock } from '../district/moment.ts';

/** Recorded history stands at the newest word of any feed, of those too that changed nothing. */
export const { momentOf, newestKnown } = districtClock(['epidemic.feeds.last_recorded_at']);
