import fc from 'fast-check';
import { describe } from 'vitest';
import { fold } from '../../lifecycle/fold.ts';
import { anyOrder } from '../../lifecycle/testing/any-order.ts';
import { outcomes } from './events.ts';
import { evolveCall } from './evolve.ts';
import type { Call, CallEvent } from './state.ts';
import { callTables } from './tables.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const minute = fc.integer({ min: 0, max: 5 });
const chain = ['station', 'hospital'].map((targetId) => ({
  role: 'health-station',
  targetId,
  name: targetId,
  ringSeconds: 60,
}));
const owners = [{ role: 'district-leader', targetId: 'leader', name: 'Lãnh đạo' }];
const attempt = fc.integer({ min: 1, max: 3 });

/** What may be said of a call by feeds (of commands the order of the journal is the order in which they were decided), in words that contradict each other in every way. */
const said = fc.oneof(
  fc
    .record({ topic: fc.constantFrom('symptoms', 'welfare'), steps: fc.integer({ min: 1, max: 2 }) })
    .map(({ topic, steps }) => ({
      type: 'call-received',
      ...{
        direction: 'inbound',
        carrier: 'app',
        channel: '73004999',
        topic,
        chainRule: 'r',
        chain: chain.slice(0, steps),
      },
    })),
  fc.record({ type: fc.constant('call-attempt-ended'), attempt, outcome: fc.constantFrom(...outcomes) }),
  fc.record({ type: fc.constant('call-answered'), attempt }),
  fc.record({ type: fc.constant('call-ended'), ending: fc.constantFrom('over', 'caller-hung-up') }),
  fc.constantFrom({ type: 'call-unanswered', owners }, { type: 'call-alerted', owners }, { type: 'call-taken-up' }),
);
const events = fc
  .array(
    fc.record({
      said,
      callId: fc.constantFrom('a', 'b'),
      occurred: minute,
      recorded: minute,
      authid: fc.constantFrom('feed:/carrier', 'feed:/other'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all.map(
      ({ said: { type, ...data }, callId, occurred, recorded, authid }, index) =>
        ({
          specversion: '1.0',
          id: `e${index}`,
          source: '/carrier',
          district: 'q7',
          type,
          time: at(occurred),
          recordedtime: at(recorded),
          authid,
          data: { callId, ...data, occurredAt: at(occurred) },
        }) as CallEvent,
    ),
  );

describe('a call of the hotline', () => {
  anyOrder<Call, CallEvent>({
    fold: (entries, current, seen, told) =>
      fold<Call, CallEvent>(
        entries,
        current,
        seen,
        {
          idOf: ({ data }) => data.callId,
          evolve: (before, { event }) => evolveCall(before, event),
          orderOf: callTables.orderOf,
        },
        told,
      ),
    orderOf: callTables.orderOf,
    idOf: ({ data }) => data.callId,
    events,
    shown: ({ reported, ...call }) => (reported ? call : undefined),
  });
});
