import { type Day, dayOf } from './calendar.ts';

/**
 * New infections a day that will be found, as shares of the whole wave: the course of the city's 2021 wave in outline (a first rise in June,
 * the peak in the second half of August, the fall of September, a small rise at the end of November). The shape is ours, for an exercise;
 * it is not the record of any district.
 */
export function epidemicCurve(from: Day, to: Day): (day: Day) => number {
  const raw = (day: Day) => {
    const wave = bell(day, dayOf('2021-08-19'), day < dayOf('2021-08-19') ? 22 : 19);
    const winter = 0.24 * bell(day, dayOf('2021-12-01'), day < dayOf('2021-12-01') ? 17 : 22);
    return 0.004 + wave + winter;
  };
  let total = 0;
  for (let day = from; day <= to; day++) total += raw(day);
  return (day) => (day < from || day > to ? 0 : raw(day) / total);
}

const bell = (day: Day, middle: Day, width: number) => Math.exp(-0.5 * ((day - middle) / width) ** 2);
