import { gammaCdf } from '../numerics/gamma-function.ts';

/**
 * Daily distribution of the serial interval: a gamma distribution shifted by one day, of the given mean and standard deviation in days, spread over
 * whole days as by Cori et al. 2013 (Am J Epidemiol 178:1505, web appendix 11).
 * @returns probability of 0, 1, … `longestDays` days; not rescaled to 1
 */
export function serialInterval(meanDays: number, sdDays: number, longestDays: number): Float64Array {
  if (!(meanDays > 1)) throw new RangeError(`meanDays must be above 1 (the shift), got ${meanDays}`);
  if (!(sdDays > 0)) throw new RangeError(`sdDays must be above 0, got ${sdDays}`);
  const shape = ((meanDays - 1) / sdDays) ** 2;
  const scale = sdDays ** 2 / (meanDays - 1);
  const cdf = (days: number) => gammaCdf(days, shape, scale);
  const partialMean = (days: number) => shape * scale * gammaCdf(days, shape + 1, scale);
  return Float64Array.from({ length: longestDays + 1 }, (_, k) => {
    const area = k * cdf(k) + (k - 2) * cdf(k - 2) - 2 * (k - 1) * cdf(k - 1);
    return Math.max(0, area + 2 * partialMean(k - 1) - partialMean(k - 2) - partialMean(k));
  });
}
