import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { removalBasis } from '#contracts/events/epidemic/person-removed.ts';
import { identifier, instant, longText, position, shortText } from '#contracts/primitives.ts';

/** inbound: somebody called. daily: the centre calls a patient at home. */
export const directions = ['inbound', 'daily'] as const;
/** Who rings the telephones: an exercise's own answers, a carrier that tells by signed requests, or nobody, so that people answer in the app alone. */
export const carriers = ['simulated', 'webhook', 'app'] as const;
export const topics = ['symptoms', 'health', 'order', 'welfare', 'other'] as const;
/** Whom a chain rings. */
export const chainRoles = ['health-station', 'hospital', 'ward-chair', 'district-leader', 'city', 'patient'] as const;
export type ChainRole = (typeof chainRoles)[number];
/** How the ringing of one telephone ended, as the carrier says it. */
export const outcomes = ['no-answer', 'busy', 'refused', 'failed'] as const;
/** Whom nothing was rung any more: the caller hung up, or the conversation was over. */
export const endings = ['over', 'caller-hung-up'] as const;

/** Somebody is on call at an office over a half-open span, as the roster said when the call came. */
const onCall = z.object({
  officerId: identifier,
  name: shortText,
  /** By which he signs in; left out: none. */
  account: shortText.optional(),
  from: instant,
  until: instant,
});
export type OnCall = z.infer<typeof onCall>;

const step = z.object({
  role: z.enum(chainRoles),
  /** A facility, an area's chair, or the district's leader: the office. */
  targetId: identifier,
  name: shortText,
  ringSeconds: z.number().int().min(1).max(600),
  /** So long after the step before has ended; left out: at once. */
  afterSeconds: z.number().int().min(0).max(86_400).optional(),
  /** Who is on call there while the chain rings; empty: nobody; left out: it was not asked. */
  onCall: z.array(onCall).max(20).optional(),
});
export type ChainStep = z.infer<typeof step>;
const owner = step.pick({ role: true, targetId: true, name: true });

const callId = identifier;
const attempt = z.number().int().min(1).max(20);
const common = {
  service: 'hotline',
  noun: 'call',
  dataClass: 'public',
  publishedBy: ['hotline'],
  consumedBy: ['hotline', 'live'],
} as const;
const dailyCallIds = 'daily-';
/** A call that the centre makes to a patient, by its number: that it is there says that somebody is ill at home. */
export const isDailyCall = (callId: unknown): boolean => typeof callId === 'string' && callId.startsWith(dailyCallIds);

const live = (...values: string[]) => ({
  ...{ feed: 'calls', entity: ['callId'], values: ['occurredAt', ...values] },
  ofPerson: (data: Record<string, unknown>) => data.direction === 'daily' || isDailyCall(data.callId),
});

/** A call came in, or is to be made: whom it rings, one after another, and how long each. Who calls, and from where, is said apart (`caller-noted`). */
export const callReceived = defineEvent({
  ...common,
  type: 'call-received',
  action: 'call.receive',
  schema: z.object({
    callId,
    direction: z.enum(directions),
    carrier: z.enum(carriers),
    /** The number that was called: configuration, and on every record. */
    channel: shortText,
    topic: z.enum(topics).optional(),
    /** The ward of the caller. */
    areaId: identifier.optional(),
    chainRule: identifier,
    chain: z.array(step).min(1).max(20),
    /** Whose incident it is when nobody answers; left out: of everybody who was rung. */
    owners: z.array(owner).max(20).optional(),
    occurredAt: instant,
  }),
  // Shifts are planned: they end in days to come.
  dates: { fields: { 'chain[].onCall[].from': { daysAhead: 366 }, 'chain[].onCall[].until': { daysAhead: 366 } } },
  key: (data) => data.callId,
  words: { vi: 'Cuộc gọi đến tổng đài', en: 'Call to the hotline' },
  live: live('direction', 'topic'),
});

/** What is said of the telephone that rings. */
export const telephoneSaid = z.object({
  attempt,
  outcome: z.enum(outcomes),
  /** In the carrier's own words, such as "486 Busy Here". */
  carrierSays: shortText.optional(),
});

/** One telephone rang, and nobody spoke. The next one rings at once. */
export const callAttemptEnded = defineEvent({
  ...common,
  type: 'call-attempt-ended',
  action: 'call.answer',
  schema: telephoneSaid.extend({ callId, occurredAt: instant }),
  key: (data) => data.callId,
  words: { vi: 'Máy đổ chuông không ai trả lời', en: 'A telephone was not answered' },
  live: live('attempt', 'outcome'),
});

/** Somebody answered: nobody else is rung. */
export const callAnswered = defineEvent({
  ...common,
  type: 'call-answered',
  action: 'call.answer',
  schema: z.object({ callId, attempt, carrierSays: shortText.optional(), occurredAt: instant }),
  key: (data) => data.callId,
  words: { vi: 'Cuộc gọi được trả lời', en: 'Call answered' },
  live: live('attempt'),
});

/** The conversation is over, or the caller hung up before anybody answered. */
export const callEnded = defineEvent({
  ...common,
  type: 'call-ended',
  action: 'call.answer',
  schema: z.object({ callId, ending: z.enum(endings), occurredAt: instant }),
  key: (data) => data.callId,
  words: { vi: 'Cuộc gọi kết thúc', en: 'Call ended' },
  live: live('ending'),
});

/** Nobody of the whole chain answered: an incident, with its owners. */
export const callUnanswered = defineEvent({
  ...common,
  type: 'call-unanswered',
  action: 'call.report-unanswered',
  schema: z.object({ callId, owners: z.array(owner).min(1).max(20), occurredAt: instant }),
  key: (data) => data.callId,
  words: { vi: 'Không ai trả lời cuộc gọi', en: 'Nobody answered the call' },
  live: live(),
});

/** What a caller said is a red flag: a person has to look at once. */
export const callAlerted = defineEvent({
  ...common,
  type: 'call-alerted',
  action: 'call.triage',
  schema: z.object({ callId, owners: z.array(owner).min(1).max(20), occurredAt: instant }),
  key: (data) => data.callId,
  words: { vi: 'Cuộc gọi có dấu hiệu nguy hiểm', en: 'Red flag in a call' },
  live: live(),
});

/** A person took up what nobody had answered, or a red flag. */
export const callTakenUp = defineEvent({
  ...common,
  type: 'call-taken-up',
  action: 'call.take-up',
  schema: z.object({ callId, occurredAt: instant }),
  key: (data) => data.callId,
  words: { vi: 'Đã có người tiếp nhận cuộc gọi bị lỡ', en: 'Call taken up by a person' },
  live: live(),
});

const ofPerson = {
  service: 'hotline',
  noun: 'caller',
  dataClass: 'person',
  publishedBy: ['hotline'],
  consumedBy: ['hotline'],
} as const;

export const telephoneNumber = z
  .string()
  .regex(/^\+?[0-9]{3,15}$/, 'a telephone number: 3 to 15 digits, "+" before them or not');

/** Who calls and from where. Apart from the call, which everybody of the duty may see. */
export const callerNoted = defineEvent({
  ...ofPerson,
  type: 'caller-noted',
  personal: { callId: 'describes', caseId: 'pseudonym', callerNumber: 'identifies', location: 'identifies' },
  action: 'call.receive',
  schema: z.object({
    callId,
    /** As dialled abroad: +84 and the rest. */
    callerNumber: telephoneNumber.optional(),
    location: position.optional(),
    /** Of a patient whom the centre calls. */
    caseId: identifier.optional(),
    occurredAt: instant,
  }),
  key: (data) => data.callId,
  words: { vi: 'Ghi nhận người gọi', en: 'Caller noted' },
});

export const symptoms = [
  'fever',
  'cough',
  'sore-throat',
  'loss-of-smell',
  'diarrhoea',
  'tiredness',
  'hard-to-breathe',
  'chest-pain',
  'blue-lips',
  'confused',
] as const;
export const levels = ['well', 'watch', 'urgent', 'emergency'] as const;
export type Level = (typeof levels)[number];

/** What a caller answers. */
export const answersShape = {
  /** Keys that were pressed on the recorded question. */
  keys: z
    .string()
    .regex(/^[0-9*#]{1,8}$/, 'keys of a telephone, 1 to 8 of them')
    .optional(),
  symptoms: z.array(z.enum(symptoms)).max(symptoms.length).optional(),
  breathsPerMinute: z.number().int().min(4).max(90).optional(),
  oxygenPercent: z.number().min(40).max(100).optional(),
};

/** What a caller answered, and what the rule set of the day made of it. */
export const callTriaged = defineEvent({
  ...ofPerson,
  type: 'call-triaged',
  personal: { callId: 'describes', keys: 'describes', ruleSet: 'describes', 'because[]': 'describes' },
  sealedToo: ['keys', 'symptoms', 'breathsPerMinute', 'oxygenPercent', 'because'],
  action: 'call.triage',
  schema: z.object({
    callId,
    ...answersShape,
    level: z.enum(levels),
    ruleSet: identifier,
    because: z.array(shortText).max(20),
    /** Not a case: sent to be tested. */
    testReferral: z.boolean(),
    occurredAt: instant,
  }),
  key: (data) => data.callId,
  words: { vi: 'Phân loại theo triệu chứng', en: 'Symptoms judged' },
});

/** Who called is removed for good: number, place and answers. The call and its ledger stay, and what was judged. */
export const callerRemoved = defineEvent({
  ...ofPerson,
  type: 'caller-removed',
  personal: { callId: 'describes', reason: 'may-identify' },
  // Why it was done is kept when he is gone.
  sealedFor: ({ callId: of }) => `removal of caller ${of}`,
  action: 'person.remove',
  schema: z.object({ callId, basis: removalBasis, reason: longText.optional() }),
  key: (data) => data.callId,
  words: { vi: 'Xóa thông tin người gọi theo quy định', en: 'Caller removed on legal request' },
});

/** Events of a call, which its state is folded of. */
export const callEvents = [
  callReceived,
  callAttemptEnded,
  callAnswered,
  callEnded,
  callUnanswered,
  callAlerted,
  callTakenUp,
] as const;
export const callerEvents = [callerNoted, callTriaged, callerRemoved] as const;
