import type { Moment } from './moment.ts';

type Value = string | number | boolean | undefined;

/**
 * Address of the rows that a figure counts: `place` says where and on which day, `rows` which of them; what is undefined is left out. `asOf` is
 * in it only when the figure was asked for as of a moment: a figure of now is told anew with every commit, and its list has to count what the
 * newest figure counts.
 */
export function listAddress(
  path: string,
  moment: Pick<Moment, 'district' | 'asOf'>,
  place: Record<string, Value>,
  rows: Record<string, Value> = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ district: moment.district, ...place, asOf: moment.asOf, ...rows }))
    if (value !== undefined) query.set(name, String(value));
  return `${path}?${query}`;
}
