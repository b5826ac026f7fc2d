import { z } from '@hono/zod-openapi';
import { acceptedShape, pageShape, toldEvent } from '#contracts/http/entities.ts';
import { areaQuery, pageQuery } from '#contracts/http.ts';
import { askedDay, position } from '#contracts/primitives.ts';
import { flag, listOf } from '../../district/query.ts';
import { carriers, chainRoles, directions, levels, outcomes, symptoms, topics } from '../calls/events.ts';
import { callStatuses } from '../calls/state.ts';

const owner = z.object({ role: z.enum(chainRoles), targetId: z.string(), name: z.string() });
const attempt = owner.extend({
  attempt: z.number().int(),
  ringSeconds: z.number().int(),
  rangAt: z.string(),
  endedAt: z.string().nullable(),
  outcome: z
    .enum([...outcomes, 'answered', 'caller-hung-up'])
    .nullable()
    .openapi({ description: 'null: it rings' }),
  carrierSays: z.string().nullable(),
  by: z.string().nullable().openapi({ description: 'who said it; the hotline itself where the minute was over' }),
  onCall: z
    .array(z.object({ officerId: z.string(), name: z.string(), account: z.string().nullable() }))
    .nullable()
    .openapi({
      description: 'who is rung, by the roster; empty: nobody is on call, the office alone; null: not asked',
    }),
});

/** A call as known at the moment asked for. Who called is told apart. */
export const call = z
  .object({
    callId: z.string(),
    direction: z.enum(directions),
    carrier: z.enum(carriers),
    channel: z.string(),
    topic: z.enum(topics).nullable(),
    status: z.enum(callStatuses),
    statusSince: z.string(),
    occurredAt: z.string(),
    knownAt: z.string(),
    areaId: z.string().nullable(),
    chainRule: z.string(),
    attempts: z.array(attempt),
    /** Steps of the chain that were not rung yet. */
    toRing: z.array(owner.extend({ ringSeconds: z.number().int() })),
    owners: z.array(owner),
    alertedAt: z.string().nullable(),
    takenUpAt: z.string().nullable(),
    takenUpBy: z.string().nullable(),
    open: z
      .boolean()
      .openapi({ description: 'a person has to look: nobody answered, or a red flag that nobody took up' }),
    irregular: z.array(z.string()),
    firstSequence: z.number(),
    version: z.number().openapi({ description: 'the ETag, without quotes' }),
  })
  .openapi('Call');
export type CallView = z.infer<typeof call>;

const planned = z.object({ rule: z.string(), sequence: z.number(), dueAt: z.string(), type: z.string() });
export const callDetail = call
  .extend({
    planned: z.array(planned).openapi({ description: 'what becomes due, as it will be said' }),
    history: z.array(
      z.object({
        ...toldEvent,
        occurredAt: z.string(),
        irregular: z.string().nullable(),
        saidBy: z.string().nullable(),
      }),
    ),
  })
  .openapi('CallDetail');
export const callPage = z.object(pageShape(call)).openapi('CallPage');
export const callFilter = areaQuery.extend({
  ...pageQuery.shape,
  status: listOf(callStatuses, 'unanswered'),
  direction: z.enum(directions).optional(),
  open: flag,
  from: askedDay.optional().openapi({ description: 'first local day on which it came' }),
  to: askedDay.optional(),
});
export type CallFilter = z.infer<typeof callFilter>;

export const accepted = z
  .object({ callId: z.string(), ...acceptedShape, call: call.nullable() })
  .openapi('CallAccepted');

const triage = z.object({
  keys: z.string().optional(),
  symptoms: z.array(z.enum(symptoms)).optional(),
  breathsPerMinute: z.number().optional(),
  oxygenPercent: z.number().optional(),
  level: z.enum(levels),
  ruleSet: z.string(),
  because: z.array(z.string()),
  testReferral: z.boolean(),
});
export const caller = z
  .object({
    callId: z.string(),
    callerNumber: z.string().nullable(),
    location: position.nullable(),
    caseId: z.string().nullable(),
    triage: triage.nullable(),
    triagedAt: z.string().nullable(),
  })
  .openapi('Caller');
