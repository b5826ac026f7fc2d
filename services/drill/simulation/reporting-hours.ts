import { type Day, isWeekend, mondayFrom } from './calendar.ts';
import type { Randomness } from './random.ts';

/**
 * When an office enters what it has: most within a day, a few a week late; what falls on a weekend mostly waits for Monday morning, where
 * it arrives as one batch.
 */
export function reportedOn(happened: Day, random: Randomness): { day: Day; minute: number } {
  const delay = [0, 1, 2, random.whole(3, 9)][random.weighted([0.6, 0.27, 0.08, 0.05])]!;
  const day = happened + delay;
  if (isWeekend(day) && random.chance(0.6)) return { day: mondayFrom(day), minute: random.whole(450, 540) };
  return { day, minute: officeMinute(random) };
}

/** Three batches a working day (08:00, 11:30, 16:30), and a third trickles in between. */
export function officeMinute(random: Randomness): number {
  if (random.chance(0.35)) return random.whole(420, 1290);
  return random.one([480, 690, 990]) + random.whole(0, 25);
}
