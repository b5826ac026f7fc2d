import { randomUnit } from './seeded.ts';

/** Of 100 calls that wait for a person, so many are taken up by the people of an exercise within the hour; the others are left to those who train, and taken up after hours. Ours. */
const soonTakenUp = 85;
const hour = 3600;

/** How long an exercise's people take to take up a call that waits, seconds. */
export function simulatedTakeUpSeconds(callId: string): number {
  const share = randomUnit(`${callId}/taken-up-after`);
  return randomUnit(`${callId}/taken-up`) * 100 < soonTakenUp
    ? 180 + Math.floor(share * 2400)
    : 4 * hour + Math.floor(share * 20 * hour);
}
