import type { ChainRole } from '../calls/events.ts';
import { randomUnit } from './seeded.ts';

/** What a simulated telephone does. */
export interface SimulatedRing {
  outcome: 'answered' | 'busy' | 'refused' | 'no-answer';
  /** After it began to ring. */
  afterSeconds: number;
  carrierSays: string;
}

/** How many of 100 telephones of an office are answered, are busy, refuse; the rest ring on. Ours, for an exercise: no source has them. */
const habits: Readonly<Record<ChainRole, readonly [answered: number, busy: number, refused: number]>> = {
  'health-station': [62, 14, 4],
  hospital: [70, 12, 3],
  'ward-chair': [55, 10, 8],
  'district-leader': [45, 10, 10],
  city: [60, 10, 5],
  patient: [80, 5, 3],
};

/** What the telephone of an attempt does: the same for the same call, whoever asks and how often. Pure. */
export function simulatedRing(callId: string, attempt: number, role: ChainRole): SimulatedRing {
  const [answered, busy, refused] = habits[role];
  const drawn = randomUnit(`${callId}/${attempt}/answer`) * 100;
  const seconds = randomUnit(`${callId}/${attempt}/seconds`);
  if (drawn < answered)
    return { outcome: 'answered', afterSeconds: 4 + Math.floor(seconds * 40), carrierSays: '200 OK' };
  if (drawn < answered + busy) return { outcome: 'busy', afterSeconds: 1, carrierSays: '486 Busy Here' };
  if (drawn < answered + busy + refused)
    return { outcome: 'refused', afterSeconds: 3 + Math.floor(seconds * 15), carrierSays: '603 Decline' };
  return { outcome: 'no-answer', afterSeconds: Number.POSITIVE_INFINITY, carrierSays: '408 Request Timeout' };
}

/** From half a minute to ten. */
export const simulatedConversationSeconds = (callId: string): number =>
  30 + Math.floor(randomUnit(`${callId}/conversation`) * 570);
