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
  let query = '';
  // Written by hand: each commit announces thousands of figures, and URLSearchParams took a twentieth of the service's time.
  const add = (pairs: Record<string, Value>) => {
    for (const name in pairs)
      if (pairs[name] !== undefined) query += `${query ? '&' : '?'}${name}=${encodeURIComponent(pairs[name])}`;
  };
  add({ district: moment.district });
  add(place);
  add({ asOf: moment.asOf });
  add(rows);
  return path + query;
}
