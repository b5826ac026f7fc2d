import { createHash } from 'node:crypto';
import { inventedKeys } from '../exercise/invented-callers.ts';
import { simulatedConversationSeconds, simulatedRing } from './simulated-answers.ts';
import { type CarrierEvent, type Prompt, type Ring, type Telephony, TelephonyError } from './telephony.ts';

/** An event without what every event has. */
type Told = CarrierEvent extends infer One
  ? One extends CarrierEvent
    ? Omit<One, 'eventId' | 'callId' | 'at'>
    : never
  : never;
interface Planned {
  atMs: number;
  order: number;
  callId: string;
  attempt: number | undefined;
  told: Told;
}
interface Leg {
  ring: Ring;
  state: 'rings' | 'answered' | 'over';
}

/** How long somebody listens to a recorded question before he presses a key. */
const listensSeconds = 12;

/** A carrier that rings nothing: answers are drawn from the number of the call, on a clock that somebody turns. */
export interface SimulatedTelephony extends Telephony {
  /** The clock stands at an instant, milliseconds since 1970: everything up to it is told, in order. */
  turnTo(nowMs: number): void;
  /** Somebody calls. */
  callIn(callId: string, from: string, to: string): void;
}

/** @param beginMs where its clock stands at first, milliseconds since 1970 */
export function simulatedTelephony(beginMs: number): SimulatedTelephony {
  let nowMs = beginMs;
  let order = 0;
  let told = 0;
  const planned: Planned[] = [];
  const legs = new Map<string, Leg>();
  const inbound = new Set<string>();
  const recording = new Set<string>();
  const once = new Set<string>();
  const hearers = new Set<(event: CarrierEvent) => void>();
  const legName = (callId: string, attempt: number) => `${callId}/${attempt}`;
  const plan = (callId: string, attempt: number | undefined, afterSeconds: number, said: Told) =>
    planned.push({ atMs: nowMs + afterSeconds * 1000, order: ++order, callId, attempt, told: said });
  const forget = (of: (one: Planned) => boolean) => {
    for (let at = planned.length - 1; at >= 0; at--) if (of(planned[at]!)) planned.splice(at, 1);
  };
  const known = (callId: string) => {
    if (!inbound.has(callId) && ![...legs.values()].some(({ ring }) => ring.callId === callId))
      throw new TelephonyError(`the call ${callId} is not known`);
  };
  const tell = ({ callId, attempt, atMs, told: said }: Planned) => {
    const leg = attempt === undefined ? undefined : legs.get(legName(callId, attempt));
    if (leg && said.kind === 'answered') leg.state = 'answered';
    if (leg && said.kind === 'ended') leg.state = 'over';
    const event = { eventId: `sim-${++told}`, callId, at: new Date(atMs).toISOString(), ...said } as CarrierEvent;
    for (const hear of hearers) hear(event);
  };
  const turnTo = (wantedMs: number) => {
    for (;;) {
      planned.sort((one, other) => one.atMs - other.atMs || one.order - other.order);
      if (planned[0] === undefined || planned[0].atMs > wantedMs) break;
      const next = planned.shift()!;
      nowMs = Math.max(nowMs, next.atMs);
      tell(next);
    }
    nowMs = Math.max(nowMs, wantedMs);
  };
  return {
    turnTo,
    callIn: (callId, from, to) => {
      inbound.add(callId);
      plan(callId, undefined, 0, { kind: 'incoming', from, to });
      turnTo(nowMs);
    },
    originate: async (ring) => {
      const { callId, attempt, role, ringSeconds } = ring;
      if (legs.has(legName(callId, attempt))) return;
      legs.set(legName(callId, attempt), { ring, state: 'rings' });
      plan(callId, attempt, 0, { kind: 'ringing', attempt });
      const { outcome, afterSeconds, carrierSays } = simulatedRing(callId, attempt, role);
      if (outcome === 'answered' && afterSeconds < ringSeconds) {
        plan(callId, attempt, afterSeconds, { kind: 'answered', attempt, carrierSays });
        plan(callId, attempt, afterSeconds + simulatedConversationSeconds(callId), {
          kind: 'ended',
          attempt,
          cause: 'over',
        });
      } else if (outcome !== 'answered' && afterSeconds < ringSeconds)
        plan(callId, attempt, afterSeconds, { kind: 'ended', attempt, cause: outcome, carrierSays });
      else
        plan(callId, attempt, ringSeconds, {
          kind: 'ended',
          attempt,
          cause: 'no-answer',
          carrierSays: '408 Request Timeout',
        });
      turnTo(nowMs);
    },
    answer: async (callId) => known(callId),
    bridge: async (callId, attempt) => {
      if (legs.get(legName(callId, attempt))?.state !== 'answered')
        throw new TelephonyError(`telephone ${attempt} of the call ${callId} has not answered`);
    },
    play: async (callId: string, prompt: Prompt) => {
      known(callId);
      if (prompt !== 'daily-question' || once.has(`${callId}/${prompt}`)) return;
      once.add(`${callId}/${prompt}`);
      plan(callId, undefined, listensSeconds, { kind: 'digits', keys: inventedKeys(callId) });
    },
    record: async (callId, on) => {
      known(callId);
      if (on) recording.add(callId);
      else if (recording.delete(callId)) {
        const object = `simulated/${callId}.wav`;
        plan(callId, undefined, 0, {
          kind: 'recorded',
          object,
          sha256: createHash('sha256').update(object).digest('hex'),
        });
        turnTo(nowMs);
      }
    },
    hangUp: async (callId, attempt) => {
      known(callId);
      for (const { ring, state } of legs.values()) {
        if (ring.callId !== callId || state === 'over' || (attempt !== undefined && ring.attempt !== attempt)) continue;
        forget((one) => one.callId === callId && (one.attempt === ring.attempt || one.attempt === undefined));
        const cause = state === 'answered' ? 'over' : 'cancelled';
        plan(callId, ring.attempt, 0, { kind: 'ended', attempt: ring.attempt, cause });
      }
      turnTo(nowMs);
    },
    listen: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    health: async () => 'ready',
  };
}
