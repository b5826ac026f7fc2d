import { upperMedian } from '../numerics/quantiles.ts';
import { type KnownTable, knownAt } from './known-table.ts';

/** Days on either side with which a day's reports are compared, and rounds of weekdays that say what is usual. */
const aroundDays = 10;
const usualRounds = 8;
const weekdays = 7;
/** Fewer reports than this share of what is usual for the weekday: the laboratory or the office held back. */
const heldBackShare = 0.4;
/** Where fewer are usual, none is no sign. */
const fewestUsual = 5;
/** Reports of cases that are older are corrections. */
const oldestReportDays = 14;

/**
 * Days on which reports were held back, and those on which they came out together: what is learned on them says nothing of how long reports usually take.
 * A backlog that falls on three Tuesdays would otherwise be the delay of Tuesdays.
 * @returns whether a day up to `origin` is such a day
 */
export function batchDays(table: KnownTable, origin: number): (day: number) => boolean {
  const first = Math.max(table.first, origin - weekdays * (usualRounds + 1));
  const length = origin - first + 1;
  const arrived = Float64Array.from({ length }, (_, i) => {
    let sum = 0;
    for (let delay = 0; delay <= oldestReportDays; delay++) {
      const period = first + i - delay;
      if (period < table.first) break;
      sum += knownAt(table, period, first + i) - (delay > 0 ? knownAt(table, period, first + i - 1) : 0);
    }
    return Math.max(0, sum);
  });
  const around = arrived.map((_, i) => {
    const part = arrived.subarray(Math.max(0, i - aroundDays), i + aroundDays + 1);
    return part.reduce((a, b) => a + b, 0) / part.length;
  });
  const usual = Array.from({ length: weekdays }, (_, weekday) => {
    const shares: number[] = [];
    for (let i = weekday; i < length; i += weekdays) if (around[i]! > 0) shares.push(arrived[i]! / around[i]!);
    return shares.length > 0 ? upperMedian(shares) : 1;
  });
  const heldBack = arrived.map((reports, i) => {
    const expected = usual[i % weekdays]! * around[i]!;
    return expected >= fewestUsual && reports < heldBackShare * expected ? 1 : 0;
  });
  return (day) => {
    const i = day - first;
    return i >= 0 && i < length && (heldBack[i] === 1 || (i > 0 && heldBack[i - 1] === 1));
  };
}
