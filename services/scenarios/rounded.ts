/** A number to so many significant digits: nobody reads more from a simulation, and the journal carries it. */
export const significant = (value: number, digits = 4): number => Number(value.toPrecision(digits));

/** The same of every number in a value. */
export function rounded<Value>(value: Value, digits = 4): Value {
  if (typeof value === 'number') return significant(value, digits) as Value;
  if (Array.isArray(value)) return value.map((item) => rounded(item, digits)) as Value;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item, digits)])) as Value;
  return value;
}
