import { randomUnit } from './seeded.ts';

/** Of 100 calls that wait for a person, so many are taken up by the people of an exercise; the others are left to those who train. Ours. */
const takenUp = 85;

/** How long an exercise's people take to take up a call that waits, seconds; undefined: they leave it. */
export function simulatedTakeUpSeconds(callId: string): number | undefined {
  if (randomUnit(`${callId}/taken-up`) * 100 >= takenUp) return undefined;
  return 180 + Math.floor(randomUnit(`${callId}/taken-up-after`) * 2400);
}
