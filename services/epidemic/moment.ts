import { districtClock } from '../district/moment.ts';

/** Recorded history stands at the newest word of any feed, of those too that changed nothing. */
export const { momentOf, newestKnown } = districtClock(['epidemic.feeds.last_recorded_at']);

/**
 * SQL condition "known at the moment" over columns known_at and known_until. `$asOf` is the placeholder of the asOf parameter, NULL for now: then
 * the condition is the one of the partial indexes.
 */
export const knownSql = (alias: string, asOf: string | undefined, placeholder: string) =>
  asOf === undefined
    ? `${alias}.known_until = 'infinity' AND ${placeholder}::timestamptz IS NULL`
    : `${alias}.known_at <= ${placeholder}::timestamptz AND ${alias}.known_until > ${placeholder}::timestamptz`;

/** Areas as known: now is ahead of every known_at, and before the infinity at which current rows end. */
export const geographyMoment = (asOf: string | undefined) => asOf ?? '9999-01-01T00:00:00Z';
