import { addDays, daysBetween } from '#contracts/days.ts';

const epoch = '1970-01-01';

/** A calendar day as `windowCounts` counts days, and back. */
export const numberOfDay = (day: string): number => daysBetween(epoch, day);
export const dayOfNumber = (day: number): string => addDays(epoch, day);
