import { describe, expect, test } from 'vitest';
import { inventedKeys } from '../exercise/invented-callers.ts';
import { stubCarrier } from '../testing/stub-carrier.ts';
import { simulatedTelephony } from './simulated.ts';
import { simulatedRing } from './simulated-answers.ts';
import { type CarrierEvent, carrierEvent, type Ring, type Telephony, TelephonyError } from './telephony.ts';
import { webhookTelephony } from './webhook.ts';

const begin = Date.parse('2021-10-01T00:00:00Z');
interface World {
  telephony: Telephony;
  /** Seconds after the beginning: what was told up to then. */
  toldBy: (seconds: number) => Promise<CarrierEvent[]>;
  callIn: (callId: string) => void;
}
const worlds: Record<string, () => World> = {
  simulated: () => {
    const telephony = simulatedTelephony(begin);
    const told: CarrierEvent[] = [];
    telephony.listen((event) => told.push(event));
    return {
      telephony,
      toldBy: async (seconds) => {
        telephony.turnTo(begin + seconds * 1000);
        return told;
      },
      callIn: (callId) => telephony.callIn(callId, '0001234567', '73004999'),
    };
  },
  webhook: () => {
    const secret = 'a secret of twenty-four characters or more';
    let nowMs = begin;
    const now = () => new Date(nowMs);
    const told: CarrierEvent[] = [];
    const carrier = stubCarrier(secret, now, async (_headers, body) => telephony.heard(JSON.parse(body).event));
    const telephony = webhookTelephony({
      url: 'https://carrier.example',
      secret,
      district: 'q7',
      now,
      send: carrier.send,
    });
    telephony.listen((event) => told.push(event));
    return {
      telephony,
      toldBy: async (seconds) => {
        nowMs = begin + seconds * 1000;
        carrier.simulated.turnTo(nowMs);
        await carrier.settled();
        return told;
      },
      callIn: (callId) => carrier.simulated.callIn(callId, '0001234567', '73004999'),
    };
  },
};
const ring = (callId: string): Ring => ({
  ...{ callId, attempt: 1, role: 'health-station', to: '0001111111', from: '73004999', ringSeconds: 60 },
});
/** The first call whose telephone does so. */
const callThat = (outcome: string): string => {
  for (let index = 0; ; index++)
    if (simulatedRing(`call-${index}`, 1, 'health-station').outcome === outcome) return `call-${index}`;
};
const second = ({ at }: CarrierEvent) => (Date.parse(at) - begin) / 1000;

describe.each(Object.keys(worlds))('%s', (name) => {
  test.each(['answered', 'busy', 'refused', 'no-answer'] as const)(
    'a telephone that is told to ring twice rings once; it is %s, and says so with its number, in order',
    async (outcome) => {
      const { telephony, toldBy } = worlds[name]!();
      const callId = callThat(outcome);
      const { afterSeconds } = simulatedRing(callId, 1, 'health-station');
      await telephony.originate(ring(callId));
      await telephony.originate(ring(callId));
      const told = await toldBy(60);
      expect(told.every((event) => carrierEvent.safeParse(event).success)).toBe(true);
      expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(told.length);
      expect(told.slice(0, 2).map((event) => [event.kind, event.callId, second(event)])).toEqual([
        ['ringing', callId, 0],
        [outcome === 'answered' ? 'answered' : 'ended', callId, Math.min(60, afterSeconds)],
      ]);
      if (outcome !== 'answered') expect(told[1]).toMatchObject({ attempt: 1, cause: outcome });
    },
  );

  test('what rings is taken back, and nothing is told of it afterwards', async () => {
    const { telephony, toldBy } = worlds[name]!();
    const callId = callThat('no-answer');
    await telephony.originate(ring(callId));
    await toldBy(59.999);
    await telephony.hangUp(callId, 1);
    const told = await toldBy(600);
    expect(told.map((event) => [event.kind, 'cause' in event ? event.cause : null])).toEqual([
      ['ringing', null],
      ['ended', 'cancelled'],
    ]);
  });

  test('who answered is joined with the caller, recorded, asked by a recording, and his keys come; a recording says what it is', async () => {
    const { telephony, toldBy, callIn } = worlds[name]!();
    const callId = callThat('answered');
    callIn(callId);
    await telephony.answer(callId);
    await telephony.originate(ring(callId));
    await expect(telephony.bridge(callId, 1)).rejects.toThrow(TelephonyError);
    const { afterSeconds } = simulatedRing(callId, 1, 'health-station');
    await toldBy(afterSeconds);
    await telephony.bridge(callId, 1);
    await telephony.record(callId, true);
    await telephony.play(callId, 'daily-question');
    await telephony.play(callId, 'daily-question');
    await toldBy(afterSeconds + 20);
    await telephony.record(callId, false);
    await telephony.hangUp(callId);
    const told = await toldBy(4000);
    expect(told.map(({ kind }) => kind)).toEqual(['incoming', 'ringing', 'answered', 'digits', 'recorded', 'ended']);
    expect(told[3]).toMatchObject({ keys: inventedKeys(callId) });
    expect(told[5]).toMatchObject({ cause: 'over', attempt: 1 });
  });

  test('a call that nobody knows is refused, and a carrier that works says that it is ready', async () => {
    const { telephony } = worlds[name]!();
    await expect(telephony.answer('nobody')).rejects.toThrow(TelephonyError);
    await expect(telephony.hangUp('nobody')).rejects.toThrow(TelephonyError);
    expect(await telephony.health()).toBe('ready');
  });
});

test('who listens no more is told nothing', async () => {
  const telephony = simulatedTelephony(begin);
  const told: CarrierEvent[] = [];
  telephony.listen((event) => told.push(event))();
  telephony.callIn('one', '0001234567', '73004999');
  expect(told).toEqual([]);
});

test('a carrier that does not answer, or refuses, says what is wrong', async () => {
  const of = (send: typeof fetch) =>
    webhookTelephony({ url: 'https://carrier.example', secret: 'x', district: 'q7', now: () => new Date(begin), send });
  expect(await of(async () => new Response(null, { status: 503 })).health()).toBe('the carrier answered 503');
  expect(
    await of(async () => {
      throw new Error('no route');
    }).health(),
  ).toBe('the carrier does not answer: no route');
});
