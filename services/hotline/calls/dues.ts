import type { Due } from '../../clocks/due.ts';
import { simulatedConversationSeconds, simulatedRing } from '../telephony/simulated-answers.ts';
import { simulatedTakeUpSeconds } from '../telephony/simulated-people.ts';
import { isOpenIncident, ringing } from './evolve.ts';
import type { Call, Owner } from './state.ts';

const after = (instant: string, seconds: number) => new Date(Date.parse(instant) + seconds * 1000).toISOString();

/** Whose it is where nobody else is known: never a patient's. */
const lastOwner: Owner = { role: 'district-leader', targetId: 'district-leader', name: 'Lãnh đạo quận' };

/** Whose incident it is that nobody answered: as the call said, else every office that was rung, each once. */
export const ownersOf = ({ attempts, owners }: Pick<Call, 'attempts' | 'owners'>): Owner[] =>
  owners.length > 0 ? owners : officesOf(attempts);

/** The offices among those that are rung, each once; where only a patient is, the district's leader. */
export function officesOf(rings: readonly Owner[]): Owner[] {
  const rung = rings
    .filter(({ role }) => role !== 'patient')
    .filter(({ targetId }, at, offices) => offices.findIndex((other) => other.targetId === targetId) === at)
    .map(({ role, targetId, name }) => ({ role, targetId, name }));
  return rung.length > 0 ? rung : [lastOwner];
}

/**
 * What is due of a call: the end of the ringing, and what follows when the whole chain was silent. Where the carrier is the exercise's own, what it will say is due too, in its place among the
 * others: its clock leaps by hours.
 */
export const duesOfCall = (call: Call): Due[] => (call.reported ? [...duesOfCourse(call), ...duesOfPeople(call)] : []);

/** People of an exercise take up what waits for one: else every red flag of half a year stood open. */
function duesOfPeople(call: Call): Due[] {
  const { callId, carrier, alertedAt, status, statusSince } = call;
  if (carrier !== 'simulated' || !isOpenIncident(call)) return [];
  const afterSeconds = simulatedTakeUpSeconds(callId);
  const [sequence, since] = status === 'unanswered' ? [1, statusSince] : [2, alertedAt ?? statusSince];
  const dueAt = after(since, afterSeconds);
  return [{ rule: 'people-take-up', sequence, dueAt, type: 'call-taken-up', data: { callId } }];
}

/** What is due of the ringing and of the conversation. */
function duesOfCourse(call: Call): Due[] {
  const { callId, status, statusSince, carrier } = call;
  const simulated = carrier === 'simulated';
  if (status === 'missed')
    return [
      {
        rule: 'unanswered',
        sequence: 1,
        dueAt: statusSince,
        type: 'call-unanswered',
        data: { callId, owners: ownersOf(call) },
      },
    ];
  if (status === 'answered' && simulated)
    return [
      {
        rule: 'conversation-over',
        sequence: 1,
        dueAt: after(statusSince, simulatedConversationSeconds(callId)),
        type: 'call-ended',
        data: { callId, ending: 'over' },
      },
    ];
  const rings = status === 'ringing' ? ringing(call) : undefined;
  if (!rings) return [];
  const { attempt, rangAt, ringSeconds, role } = rings;
  const givenUp: Due = {
    rule: 'given-up',
    sequence: attempt,
    dueAt: after(rangAt, ringSeconds),
    type: 'call-attempt-ended',
    data: { callId, attempt, outcome: 'no-answer' },
  };
  const said = simulated ? simulatedRing(callId, attempt, role) : undefined;
  if (!said || said.afterSeconds >= ringSeconds) return [givenUp];
  const { outcome, afterSeconds, carrierSays } = said;
  return [
    {
      rule: 'carrier-said',
      sequence: attempt,
      dueAt: after(rangAt, afterSeconds),
      ...(outcome === 'answered'
        ? { type: 'call-answered', data: { callId, attempt, carrierSays } }
        : { type: 'call-attempt-ended', data: { callId, attempt, outcome, carrierSays } }),
    },
    givenUp,
  ];
}
