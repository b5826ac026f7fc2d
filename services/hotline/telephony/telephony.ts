import { z } from '@hono/zod-openapi';
import { identifier, instant, shortText } from '#contracts/primitives.ts';
import { type ChainRole, outcomes, telephoneNumber } from '../calls/events.ts';

/** One telephone that a carrier is to ring for a call. */
export interface Ring {
  callId: string;
  /** Which telephone of the call: with the call's number it is the ring's. */
  attempt: number;
  role: ChainRole;
  /** Number that is rung, and the number that is shown. */
  to: string;
  from: string;
  ringSeconds: number;
}

/** Recordings that are played to whoever answered. */
export const prompts = ['daily-question', 'please-wait'] as const;
export type Prompt = (typeof prompts)[number];

const common = {
  /** The same for the same event, however often it is sent. */
  eventId: identifier,
  callId: identifier,
  at: instant,
  /** In the carrier's own words, such as "486 Busy Here". */
  carrierSays: shortText.optional(),
};
const attempt = z.number().int().min(1).max(20);

/** Why a telephone or a call ended. cancelled: we took the ringing back. */
export const causes = [...outcomes, 'over', 'caller-hung-up', 'cancelled'] as const;

/** What a carrier tells. */
export const carrierEvent = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('incoming'), from: telephoneNumber.optional(), to: telephoneNumber }),
  z.object({ ...common, kind: z.literal('ringing'), attempt }),
  z.object({ ...common, kind: z.literal('answered'), attempt }),
  z.object({ ...common, kind: z.literal('ended'), attempt: attempt.optional(), cause: z.enum(causes) }),
  z.object({ ...common, kind: z.literal('digits'), keys: z.string().regex(/^[0-9*#]{1,8}$/) }),
  z.object({
    ...common,
    kind: z.literal('recorded'),
    /** Where the carrier keeps it, and what it is. */
    object: shortText,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
]);
export type CarrierEvent = z.infer<typeof carrierEvent>;

/**
 * Who rings telephones. Whom a call rings, and when the next one, is the hotline's to know (calls/): a carrier does what it is told, and tells what came of it. Every command may be given again with the
 * same numbers, and is done once.
 */
export interface Telephony {
  /** Rings a telephone; it ends by itself after `ringSeconds`. */
  originate(ring: Ring): Promise<void>;
  /** Answers who called us. */
  answer(callId: string): Promise<void>;
  /** Joins the caller with the telephone that answered. */
  bridge(callId: string, attempt: number): Promise<void>;
  /** Plays a recording to whoever is there; keys that are pressed come as `digits`. */
  play(callId: string, prompt: Prompt): Promise<void>;
  /** Records from now on, or no more. */
  record(callId: string, on: boolean): Promise<void>;
  /** Ends a telephone of the call; left out: the call. */
  hangUp(callId: string, attempt?: number): Promise<void>;
  /** `hear` is told each event until the returned function is called. */
  listen(hear: (event: CarrierEvent) => void): () => void;
  /** `ready`, or what is wrong. */
  health(): Promise<string>;
}

/** A carrier did not do what it was told. */
export class TelephonyError extends Error {}
