import type { Evolved } from '../../lifecycle/fold.ts';
import { onCallAt } from './on-call.ts';
import type { Attempt, Call, CallEvent } from './state.ts';

const unknown = (callId: string, occurredAt: string): Call => ({
  callId,
  ...{ reported: false, status: 'ringing', statusSince: occurredAt, occurredAt },
  ...{ direction: null, carrier: null, channel: null, topic: null, chainRule: null },
  ...{ chain: [], attempts: [], owners: [], alertedAt: null, takenUpAt: null, takenUpBy: null, irregular: [] },
  ...{ location: null, statedAreaId: null },
});

/** The telephone that rings, or is to ring next; undefined: none does. */
export const ringing = ({ attempts }: Pick<Call, 'attempts'>): Attempt | undefined =>
  attempts.at(-1)?.outcome === null ? attempts.at(-1) : undefined;

/** The telephone of the next step, from when the one before has ended. */
function nextAttempt({ chain, attempts }: Pick<Call, 'chain' | 'attempts'>, after: string): Attempt | undefined {
  const step = chain[attempts.length];
  if (!step) return undefined;
  const { role, targetId, name, ringSeconds, afterSeconds = 0 } = step;
  const rangAt = new Date(Date.parse(after) + afterSeconds * 1000).toISOString();
  return {
    attempt: attempts.length + 1,
    ...{ role, targetId, name, ringSeconds, rangAt },
    ...{ endedAt: null, outcome: null, carrierSays: null, by: null },
    onCall: step.onCall ? onCallAt(step.onCall, rangAt) : null,
  };
}

/** The state with the ringing telephone ended so. */
const endRinging = (
  call: Call,
  outcome: Attempt['outcome'],
  { endedAt, carrierSays = null, by }: { endedAt: string; carrierSays?: string | null | undefined; by: string | null },
): Call => ({
  ...call,
  attempts: call.attempts.map((one, at) =>
    at === call.attempts.length - 1 ? { ...one, outcome, endedAt, carrierSays, by } : one,
  ),
});

const withStatus = (call: Call, status: Call['status'], statusSince: string): Call => ({
  ...call,
  status,
  statusSince,
});

/**
 * The call after an event, and why the event was out of order. Nothing is refused here: what does not fit is kept with its reason and moves nothing, such as the answer of a telephone that was
 * given up a moment before.
 */
export function evolveCall(before: Call | undefined, event: CallEvent): Evolved<Call> {
  const { type, data, authid } = event;
  const call = before ?? unknown(data.callId, data.occurredAt);
  const by = authid ?? null;
  const at = data.occurredAt;
  const as = (state: Call): Evolved<Call> => ({ state, irregular: null });
  const irregular = (reason: string): Evolved<Call> => ({
    state: { ...call, irregular: [...call.irregular, reason] },
    irregular: reason,
  });

  if (type === 'call-received') {
    if (call.reported) return as(call);
    const { direction, carrier, channel, topic, areaId, chainRule, chain, owners = [] } = data;
    const known: Call = {
      ...call,
      reported: true,
      ...{
        direction,
        carrier,
        channel,
        topic: topic ?? null,
        chainRule,
        chain: [...chain],
        owners: [...owners],
        occurredAt: at,
      },
      ...{ status: 'ringing', statusSince: at, statedAreaId: areaId ?? null },
    };
    const first = nextAttempt(known, at);
    return as({ ...known, attempts: first ? [first] : [] });
  }
  const rings = call.status === 'ringing' ? ringing(call) : undefined;
  if (type === 'call-attempt-ended') {
    if (!rings || rings.attempt !== data.attempt)
      return irregular(`telephone ${data.attempt} ended while it did not ring`);
    const ended = endRinging(call, data.outcome, { endedAt: at, carrierSays: data.carrierSays, by });
    const next = nextAttempt(ended, at);
    return as(next ? { ...ended, attempts: [...ended.attempts, next] } : withStatus(ended, 'missed', at));
  }
  if (type === 'call-answered') {
    if (!rings || rings.attempt !== data.attempt)
      return irregular(`telephone ${data.attempt} answered while it did not ring`);
    return as(
      withStatus(endRinging(call, 'answered', { endedAt: at, carrierSays: data.carrierSays, by }), 'answered', at),
    );
  }
  if (type === 'call-ended') {
    if (call.status === 'answered') return as(withStatus(call, 'ended', at));
    if (rings) return as(withStatus(endRinging(call, 'caller-hung-up', { endedAt: at, by }), 'hung-up', at));
    return irregular(`ended when it was ${call.status}`);
  }
  if (type === 'call-unanswered')
    return call.status === 'missed'
      ? as({ ...withStatus(call, 'unanswered', at), owners: [...data.owners] })
      : irregular(`unanswered when it was ${call.status}`);
  if (type === 'call-alerted')
    return as({ ...call, owners: [...data.owners], alertedAt: call.alertedAt ?? at, takenUpAt: null, takenUpBy: null });
  if (call.status !== 'unanswered' && (call.alertedAt === null || call.takenUpAt !== null))
    return irregular(`taken up when it was ${call.status}`);
  const taken = { ...call, takenUpAt: at, takenUpBy: by };
  return as(call.status === 'unanswered' ? withStatus(taken, 'taken-up', at) : taken);
}

/** A person has to look: nobody answered, or a red flag that nobody took up. */
export const isOpenIncident = ({
  status,
  alertedAt,
  takenUpAt,
}: Pick<Call, 'status' | 'alertedAt' | 'takenUpAt'>): boolean =>
  status === 'unanswered' || (alertedAt !== null && takenUpAt === null);
