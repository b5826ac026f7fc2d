import type { z } from '@hono/zod-openapi';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { Placed } from '../../lifecycle/tables.ts';
import type {
  ChainRole,
  ChainStep,
  callAlerted,
  callAnswered,
  callAttemptEnded,
  callEnded,
  callerNoted,
  callerRemoved,
  callReceived,
  callTakenUp,
  callTriaged,
  callUnanswered,
  carriers,
  directions,
  outcomes,
  topics,
} from './events.ts';

export const callStatuses = ['ringing', 'missed', 'answered', 'ended', 'hung-up', 'unanswered', 'taken-up'] as const;
export type CallStatus = (typeof callStatuses)[number];

/** One telephone that rang, or will. */
export interface Attempt {
  attempt: number;
  role: ChainRole;
  targetId: string;
  name: string;
  ringSeconds: number;
  /** RFC 3339. */
  rangAt: string;
  endedAt: string | null;
  /** null: it rings. */
  outcome: (typeof outcomes)[number] | 'answered' | 'caller-hung-up' | null;
  carrierSays: string | null;
  /** Who said it, as the envelope names him; null: the clock. */
  by: string | null;
  /** Who was on call when it rang; empty: nobody, the office alone; null, or left out in a row of before: it was not asked. */
  onCall?: RungOfficer[] | null;
}

/** An officer whom a telephone rings; account: null, he has none. */
export interface RungOfficer {
  officerId: string;
  name: string;
  account: string | null;
}

export interface Owner {
  role: ChainRole;
  targetId: string;
  name: string;
}

/** A call as known after some event. Times are RFC 3339. */
export interface Call extends Placed {
  callId: string;
  /** False while only what happened to it was heard. */
  reported: boolean;
  status: CallStatus;
  statusSince: string;
  occurredAt: string;
  direction: (typeof directions)[number] | null;
  carrier: (typeof carriers)[number] | null;
  channel: string | null;
  topic: (typeof topics)[number] | null;
  chainRule: string | null;
  chain: ChainStep[];
  attempts: Attempt[];
  owners: Owner[];
  /** When a red flag was raised, and when a person took it up; null: none, or nobody yet. */
  alertedAt: string | null;
  takenUpAt: string | null;
  takenUpBy: string | null;
  irregular: string[];
}

type Of<Definition extends { schema: z.ZodType }, Type extends string> = {
  type: Type;
  data: z.infer<Definition['schema']>;
};
export type CallEvent = Pick<CloudEvent, 'source' | 'id' | 'recordedtime'> & { time?: string; authid?: string } & (
    | Of<typeof callReceived, 'call-received'>
    | Of<typeof callAttemptEnded, 'call-attempt-ended'>
    | Of<typeof callAnswered, 'call-answered'>
    | Of<typeof callEnded, 'call-ended'>
    | Of<typeof callUnanswered, 'call-unanswered'>
    | Of<typeof callAlerted, 'call-alerted'>
    | Of<typeof callTakenUp, 'call-taken-up'>
  );
export type CallerEvent = Pick<CloudEvent, 'source' | 'id' | 'recordedtime'> &
  (
    | Of<typeof callerNoted, 'caller-noted'>
    | Of<typeof callTriaged, 'call-triaged'>
    | Of<typeof callerRemoved, 'caller-removed'>
  );
