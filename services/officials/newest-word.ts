/**
 * SQL: the row `v` of a register is the newest word on its entity that was known at a moment: the one that was recorded last, wherever it stands in the journal.
 *
 * @param asOf parameter of the statement, an instant; null there: now
 */
export const newestWord = (table: 'officers' | 'shifts', key: 'officer_id' | 'shift_id', asOf: `$${number}`): string =>
  `(${asOf}::timestamptz IS NULL OR v.known_at <= ${asOf}::timestamptz) AND NOT EXISTS (SELECT 1 FROM officials.${table} n
     WHERE n.district = v.district AND n.${key} = v.${key} AND (n.said_order, n.sequence) > (v.said_order, v.sequence) AND (${asOf}::timestamptz IS NULL OR n.known_at <= ${asOf}::timestamptz))`;
