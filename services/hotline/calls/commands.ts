import type { EventDefinition } from '#contracts/define-event.ts';
import type { Attribution } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import type { CommandResult, Versioned } from '#platform/command.ts';
import { appendProblem } from '#platform/command.ts';
import { type Stamp, stamp, stampedFact } from '../../district/stamp.ts';
import { idTaken, notKnown } from '../../lifecycle/problems.ts';
import { readCurrent, readVersioned } from '../../lifecycle/read-rows.ts';
import { type CommandParts, runEntityCommand } from '../../lifecycle/run-command.ts';
import { momentOf, newestKnown } from '../api/moment.ts';
import { withOnCall } from '../chain/read-on-call.ts';
import { readTargets } from '../chain/read-targets.ts';
import { chainOf, chainRuleAt, channel } from '../chain/rules.ts';
import { type Answers, type Judgement, judge } from '../triage/judge.ts';
import { assertCallStep, type CallStep, ringingTelephone } from './decide.ts';
import { officesOf } from './dues.ts';
import {
  callAlerted,
  callAnswered,
  callAttemptEnded,
  callEnded,
  callerNoted,
  callReceived,
  callTakenUp,
  callTriaged,
  type carriers,
  type outcomes,
  type topics,
} from './events.ts';
import { isOpenIncident } from './evolve.ts';
import type { Call } from './state.ts';
import { callTables } from './tables.ts';

const source = 'hotline';

export const stampOf = (parts: CommandParts, district: string, caller: Attribution): Promise<Stamp> =>
  stamp(parts, district, caller, (of) => newestKnown(parts.database, of));

/** The journal's message of a fact that was decided here. */
export const message = <Data>(stamped: Stamp, definition: EventDefinition<Data>, data: Data): Message =>
  stampedFact(stamped, definition, { source, data }).message;

/** Decides on a call: `decide` gives the message, from the state that it finds. */
export function runCallCommand(
  parts: CommandParts,
  { district }: Stamp,
  callId: string,
  decide: (current: Versioned<Call> | undefined) => Message,
  ifMatch?: string | undefined,
): Promise<CommandResult> {
  return runEntityCommand<Call>(parts, district, {
    ifMatch,
    read: () =>
      readVersioned(parts.database, callTables, district, callId, async () =>
        (await readCurrent(parts.database, callTables, district, [callId])).get(callId),
      ),
    decide,
  });
}

/** Says what belongs to a caller, on no condition. `id`: the same for the same fact, so that it may be said again. */
async function sayOfCaller<Data>(
  parts: CommandParts,
  stamped: Stamp,
  definition: EventDefinition<Data>,
  id: string,
  data: Data,
): Promise<void> {
  const result = await parts.appender.append(message({ ...stamped, eventId: id }, definition, data));
  if (!result.ok) throw appendProblem(result);
}

export interface Incoming {
  callId: string;
  callerNumber?: string | undefined;
  location?: { lon: number; lat: number } | undefined;
  areaId?: string | undefined;
  topic?: (typeof topics)[number] | undefined;
  /** Left out: an exercise's own answers in an exercise, else the app alone. */
  carrier?: (typeof carriers)[number] | undefined;
}

/**
 * A call came in: whom it rings is decided here, by the rule of the moment and by who is open, and journalled with it.
 *
 * @throws Problem 409 when the number of the call is taken
 */
export async function receiveCall(parts: CommandParts, stamped: Stamp, incoming: Incoming): Promise<CommandResult> {
  const { callId, callerNumber, location, areaId, topic, carrier } = incoming;
  const { district, now, exercise } = stamped;
  const moment = await momentOf(parts.database, district, undefined, parts.now());
  const rule = chainRuleAt(now);
  const targets = await readTargets(parts.database, moment, rule, { location, areaId });
  const ward = targets.ward?.id ?? areaId;
  const chain = await withOnCall(parts.database, district, chainOf(rule, targets), now);
  // First, so that nobody is rung for a caller who is not known yet; said again after an error it is the same fact.
  if (callerNumber || location)
    await sayOfCaller(parts, stamped, callerNoted, `${callId}/noted`, {
      callId,
      occurredAt: now,
      ...(callerNumber && { callerNumber }),
      ...(location && { location }),
    });
  return runCallCommand(parts, stamped, callId, (current) => {
    if (current?.state.reported) throw idTaken('The call is known already', 'callId', callId);
    return message(stamped, callReceived, {
      callId,
      direction: 'inbound',
      carrier: carrier ?? (exercise ? 'simulated' : 'app'),
      channel,
      ...(topic && { topic }),
      ...(ward && { areaId: ward }),
      chainRule: rule.id,
      chain,
      occurredAt: now,
    });
  });
}

/** What a person or a carrier says of the telephone that rings, or of the call. */
export interface StepSaid {
  /** Left out: whichever rings. */
  attempt?: number | undefined;
  outcome?: (typeof outcomes)[number] | undefined;
  carrierSays?: string | undefined;
}

/** @throws Problem 404, 409 with the lawful steps */
export function takeCallStep(
  parts: CommandParts,
  stamped: Stamp,
  {
    callId,
    step,
    ifMatch,
    said: told,
  }: { callId: string; step: CallStep; ifMatch?: string | undefined; said: StepSaid },
): Promise<CommandResult> {
  const { now: occurredAt } = stamped;
  const words = told.carrierSays === undefined ? {} : { carrierSays: told.carrierSays };
  const decide = (current: Versioned<Call> | undefined): Message => {
    const call = assertCallStep(current, callId, step);
    if (step === 'take-up') return message(stamped, callTakenUp, { callId, occurredAt });
    if (step === 'hang-up') {
      const ending = call.status === 'answered' ? 'over' : 'caller-hung-up';
      return message(stamped, callEnded, { callId, ending, occurredAt });
    }
    const { attempt } = ringingTelephone(call, told.attempt, occurredAt, step);
    if (step === 'answer') return message(stamped, callAnswered, { callId, attempt, ...words, occurredAt });
    return message(stamped, callAttemptEnded, {
      callId,
      attempt,
      outcome: told.outcome ?? 'refused',
      ...words,
      occurredAt,
    });
  };
  return runCallCommand(parts, stamped, callId, decide, ifMatch);
}

/** Whom a red flag is shown: whose the call is, else who cares for the sick in its chain, else everybody of it. */
function ownersOfAlert({ chain, owners: own }: Call) {
  if (own.length > 0) return own;
  const owners = officesOf(chain);
  const health = owners.filter(({ role }) => role === 'health-station' || role === 'hospital');
  return health.length > 0 ? health : owners;
}

/**
 * Judges what a caller answered by the rules of the moment, and raises an alert at once where it is a red flag. A caller who is no case and has symptoms is sent to be
 * tested; no case is made of him.
 */
export async function triageCall(
  parts: CommandParts,
  stamped: Stamp,
  callId: string,
  answers: Answers,
): Promise<Judgement & { testReferral: boolean }> {
  const { district, now: occurredAt } = stamped;
  const current = (await readCurrent(parts.database, callTables, district, [callId])).get(callId);
  const call = assertKnown(current?.state, callId);
  const { rows } = await parts.database.query<{ isCase: boolean }>(
    'SELECT case_id IS NOT NULL AS "isCase" FROM hotline.callers WHERE district = $1 AND call_id = $2',
    [district, callId],
  );
  const judged = judge(answers, occurredAt);
  const testReferral = call.direction === 'inbound' && rows[0]?.isCase !== true && judged.level !== 'well';
  const { redFlag, ...judgement } = judged;
  const { symptoms, ...rest } = answers;
  // The alert first: what fails after it can be said again, and nobody waits for a person meanwhile.
  if (redFlag && !(isOpenIncident(call) && call.alertedAt !== null))
    await runCallCommand(parts, stamped, callId, (now) =>
      message(stamped, callAlerted, { callId, owners: ownersOfAlert(assertKnown(now?.state, callId)), occurredAt }),
    );
  await sayOfCaller(parts, stamped, callTriaged, `${stamped.eventId}/triage`, {
    callId,
    ...rest,
    ...(symptoms && { symptoms: [...symptoms] }),
    ...judgement,
    testReferral,
    occurredAt,
  });
  return { ...judged, testReferral };
}

function assertKnown(call: Call | undefined, callId: string): Call {
  if (!call?.reported) throw notKnown('call', 'callId', callId);
  return call;
}
