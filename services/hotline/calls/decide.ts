import type { Versioned } from '#platform/command.ts';
import { stepNotLawful } from '#platform/problem.ts';
import { notKnown } from '../../lifecycle/problems.ts';
import { isOpenIncident, ringing } from './evolve.ts';
import type { Attempt, Call } from './state.ts';

/** What can be done with a call by people and carriers. */
export const callSteps = ['answer', 'refuse', 'hang-up', 'take-up'] as const;
export type CallStep = (typeof callSteps)[number];

/** Steps that are lawful in a state. */
export function lawfulCallSteps(call: Call): CallStep[] {
  if (call.status === 'ringing') return ['answer', 'refuse', 'hang-up'];
  return [
    ...(call.status === 'answered' ? (['hang-up'] as const) : []),
    ...(isOpenIncident(call) ? (['take-up'] as const) : []),
  ];
}

/**
 * The state in which a step is lawful.
 *
 * @throws Problem 404 for a call that nobody heard of, 409 with the lawful steps
 */
export function assertCallStep(current: Versioned<Call> | undefined, callId: string, step: CallStep): Call {
  if (!current?.state.reported) throw notKnown('call', 'callId', callId);
  const lawful = lawfulCallSteps(current.state);
  if (!lawful.includes(step)) throw stepNotLawful({ step, field: 'step', from: current.state.status, lawful });
  return current.state;
}

/**
 * The telephone that a person or a carrier speaks of.
 *
 * @param attempt its number; left out: whichever rings
 * @throws Problem 409 when it does not ring (any more), and for one that is to ring later
 */
export function ringingTelephone(call: Call, attempt: number | undefined, at: string, step: CallStep): Attempt {
  const rings = ringing(call);
  if (!rings || (attempt !== undefined && rings.attempt !== attempt) || Date.parse(rings.rangAt) > Date.parse(at))
    throw stepNotLawful({
      step,
      field: 'attempt',
      from: `telephone ${rings?.attempt ?? 0}`,
      lawful: rings ? [String(rings.attempt)] : [],
    });
  return rings;
}
