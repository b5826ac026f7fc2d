/**
 * SQL: the row `v` of a register is the newest word on its entity that was known at a moment.
 *
 * @param asOf parameter of the statement, an instant; null there: now
 */
export const newestWord = (table: 'officers' | 'shifts', key: 'officer_id' | 'shift_id', asOf: `$${number}`): string =>
  `(${asOf}::timestamptz IS NULL OR v.known_at <= ${asOf}::timestamptz) AND NOT EXISTS (SELECT 1 FROM officials.${table} n
     WHERE n.district = v.district AND n.${key} = v.${key} AND n.sequence > v.sequence AND (${asOf}::timestamptz IS NULL OR n.known_at <= ${asOf}::timestamptz))`;
