import { Problem } from '#platform/problem.ts';
import type { Stamp } from '../../district/stamp.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { receiveCall, takeCallStep, triageCall } from '../calls/commands.ts';
import type { outcomes } from '../calls/events.ts';
import type { CarrierEvent } from './telephony.ts';

/** done: it is in the journal. moved-nothing: it was said before, came too late, or is nothing that the ledger keeps. */
export type Heard = 'done' | 'moved-nothing';

/**
 * What a carrier tells becomes what people would have said by the API, under the number of the carrier's event: said again it is the same fact. What is not lawful any more (a telephone that was given up
 * a second before) moves nothing, and the carrier need not say it again.
 */
export async function hearCarrier(parts: CommandParts, stamp: Stamp, event: CarrierEvent): Promise<Heard> {
  const { callId, carrierSays } = event;
  const stamped = { ...stamp, eventId: `carrier/${event.eventId}` };
  try {
    if (event.kind === 'incoming') {
      await receiveCall(parts, stamped, { callId, callerNumber: event.from, carrier: 'webhook' });
      return 'done';
    }
    if (event.kind === 'answered') {
      await takeCallStep(parts, stamped, { callId, step: 'answer', said: { attempt: event.attempt, carrierSays } });
      return 'done';
    }
    if (event.kind === 'digits') {
      await triageCall(parts, stamped, callId, { keys: event.keys });
      return 'done';
    }
    if (event.kind !== 'ended' || event.cause === 'cancelled') return 'moved-nothing';
    const { cause, attempt } = event;
    if (cause === 'over' || cause === 'caller-hung-up')
      await takeCallStep(parts, stamped, { callId, step: 'hang-up', said: {} });
    else
      await takeCallStep(parts, stamped, {
        ...{ callId, step: 'refuse' },
        said: { attempt, outcome: cause satisfies (typeof outcomes)[number], carrierSays },
      });
    return 'done';
  } catch (error) {
    if (error instanceof Problem && error.status === 409) return 'moved-nothing';
    throw error;
  }
}
