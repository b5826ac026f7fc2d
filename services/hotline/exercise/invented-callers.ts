import type { symptoms, topics } from '../calls/events.ts';
import { randomUnit } from '../telephony/seeded.ts';

/** Somebody whom an exercise invents, and who calls. */
export interface InventedCaller {
  /** Follows from district, day and number: nobody calls twice. */
  callId: string;
  /** After the beginning of the local day. */
  secondOfDay: number;
  topic: (typeof topics)[number];
  /** No number of Việt Nam begins so. */
  callerNumber: string;
  /** In [0, 1): which of the wards he calls from. */
  ward: number;
  /** Of the point in the ward. */
  seed: number;
}

/** Share of calls by the hour of the day that is reached: ours, for an exercise. */
const byHour = [
  [5, 0.03],
  [8, 0.2],
  [12, 0.5],
  [18, 0.83],
  [22, 0.97],
  [24, 1],
] as const;
const topicShares = [
  ['symptoms', 0.4],
  ['health', 0.62],
  ['welfare', 0.82],
  ['order', 0.93],
  ['other', 1],
] as const;

/** The hour of a share of the day's calls. */
function hourOf(share: number): number {
  const at = byHour.findIndex(([, upTo]) => share < upTo);
  const [hour, upTo] = byHour[at]!;
  const [before, from] = byHour[at - 1] ?? [0, 0];
  return before + ((share - from) / (upTo - from)) * (hour - before);
}

/** Callers of a local day, YYYY-MM-DD, in the order in which they call: the same for the same district and day. Pure. */
export function inventedCallers(district: string, day: string, count: number): InventedCaller[] {
  return Array.from({ length: count }, (_, index): InventedCaller => {
    const callId = `inbound-${day}-${String(index + 1).padStart(3, '0')}`;
    const drawn = (what: string) => randomUnit(`${district}/${callId}/${what}`);
    const topic = topicShares.find(([, upTo]) => drawn('topic') < upTo)![0];
    return {
      ...{ callId, topic, ward: drawn('ward'), secondOfDay: Math.floor(hourOf(drawn('hour')) * 3600) },
      callerNumber: `000${String(Math.floor(drawn('number') * 1e7)).padStart(7, '0')}`,
      seed: Math.floor(drawn('point') * 1e6) + 1,
    };
  }).sort((one, other) => one.secondOfDay - other.secondOfDay || (one.callId < other.callId ? -1 : 1));
}

/** What an invented patient presses: of 100 some 80 are well, 3 in danger. Ours, for an exercise. */
export function inventedKeys(callId: string): string {
  const drawn = randomUnit(`${callId}/keys`) * 100;
  return drawn < 80 ? '1' : drawn < 93 ? '2' : drawn < 97 ? '3' : '9';
}

/** What an invented caller with symptoms tells of. Few are in danger. */
export function inventedSymptoms(callId: string): (typeof symptoms)[number][] {
  const drawn = randomUnit(`${callId}/symptoms`) * 100;
  if (drawn < 5) return ['fever', 'hard-to-breathe'];
  if (drawn < 45) return ['fever', 'cough'];
  return drawn < 75 ? ['sore-throat', 'tiredness'] : ['cough', 'loss-of-smell'];
}
