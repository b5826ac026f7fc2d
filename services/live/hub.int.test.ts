import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Committed,
  committedSubject,
  type LiveBatch,
  type LiveItem,
  type LiveJournalNotice,
} from '#contracts/live.ts';
import { newEvent } from '#contracts/new-event.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { openDistrictStream, streamOf } from '#platform/journal.ts';
import { silentLog, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { bufferLimitBytes, type Sink } from './client.ts';
import { Backlog } from './conflate.ts';
import { parseFilter } from './filter.ts';
import { DistrictHub } from './hub.ts';

/** A browser that remembers what it was told; `blocked` makes its buffer full. */
class Listener implements Sink {
  events: { event: string; id: number; data: LiveBatch & Partial<LiveJournalNotice> & { reason?: string } }[] = [];
  blocked = false;
  write(text: string) {
    const fields = Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    if (fields.event) this.events.push({ event: fields.event, id: Number(fields.id), data: JSON.parse(fields.data!) });
  }
  bufferedBytes = () => (this.blocked ? bufferLimitBytes + 1 : 0);
  close() {}
  get items(): LiveItem[] {
    return this.events.filter(({ event }) => event === 'batch').flatMap(({ data }) => data.items);
  }
}

describe('district hub', () => {
  let broker: Broker;
  let appender: Appender;
  beforeAll(async () => {
    broker = await testBroker();
    appender = new Appender(broker);
  });
  afterAll(async () => {
    appender.close();
    await broker.close();
  });

  const everything = parseFilter({});
  const open = async (replayLimit?: number) => {
    const district = temporaryDistrict();
    await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
    const hub = new DistrictHub(district, { broker, log: silentLog, now: () => new Date(), batchMs: 20, replayLimit });
    return { district, hub };
  };
  let number = 0;
  const confirm = (district: string, caseIds: string[], areaId = 'W0') =>
    appender.appendAll(
      caseIds.map((caseId) => {
        const time = '2021-08-01T00:00:00.000Z';
        return newEvent({
          type: 'case-confirmed',
          district,
          source: 't',
          id: `${number++}`,
          time,
          recordedTime: time,
          data: { caseId, areaId, confirmedDate: '2021-08-01' },
        }).message;
      }),
    );
  const status = (district: string, caseId: string, to: 'recovered' | 'hospitalised') => {
    const time = '2021-08-02T00:00:00.000Z';
    return appender.append(
      newEvent({
        type: 'case-status-changed',
        district,
        source: 't',
        id: `${number++}`,
        time,
        recordedTime: time,
        data: { caseId, status: to },
      }).message,
    );
  };

  test('each event reaches each listener once, in order, with the CloudEvents id; who comes later hears only what comes later', async () => {
    const { district, hub } = await open();
    const early = new Listener();
    await hub.join(everything, early, undefined);
    await confirm(
      district,
      Array.from({ length: 300 }, (_, index) => `c${index}`),
    );
    await expect.poll(() => early.items.length).toBe(300);
    const late = new Listener();
    await hub.join(everything, late, undefined);
    await confirm(district, ['last']);
    await expect.poll(() => early.items.length).toBe(301);
    expect(early.items.map((item) => item.sequence)).toEqual(Array.from({ length: 301 }, (_, index) => index + 1));
    await expect.poll(() => late.items.map((item) => item.entity)).toEqual(['last']);
    expect(early.events.at(-1)!.id).toBe(301);
    await hub.stop();
  });

  test('who listens is told that the journal has fallen silent and that it answers again; who comes meanwhile is told next', async () => {
    const { hub } = await open();
    const early = new Listener();
    await hub.join(everything, early, undefined);
    hub.journal(new Date('2026-11-30T08:00:00Z'));
    const late = new Listener();
    await hub.join(everything, late, undefined);
    hub.journal(undefined);
    const after = new Listener();
    await hub.join(everything, after, undefined);
    const heard = ({ events }: Listener) =>
      events.map(({ event, data }) => (event === 'journal' ? data.silentSince : event));
    expect(heard(early)).toEqual(['hello', '2026-11-30T08:00:00.000Z', null]);
    expect(heard(late)).toEqual(['hello', '2026-11-30T08:00:00.000Z', null]);
    expect(heard(after)).toEqual(['hello']);
    await hub.stop();
  });

  test('what is no event, or stands on another’s subject, is told to nobody and stops nothing', async () => {
    const { district, hub } = await open();
    const listener = new Listener();
    await hub.join(everything, listener, undefined);
    const { payload } = newEvent({
      type: 'case-confirmed',
      district,
      source: 't',
      id: 'forged',
      time: '2021-08-01T00:00:00.000Z',
      recordedTime: '2021-08-01T00:00:00.000Z',
      data: { caseId: 'forged', areaId: 'W0', confirmedDate: '2021-08-01' },
    }).message;
    await appender.appendAll([
      { subject: `vx.${district}.economy.business.x`, id: 'not json', payload: 'not json' },
      { subject: `vx.${district}.economy.business.x`, id: 'no event', payload: '{"type":"io.nats.jetstream.api"}' },
      { subject: `vx.${district}.economy.business.x`, id: 'forged', payload },
    ]);
    await confirm(district, ['true']);
    await expect.poll(() => listener.items.map((item) => item.entity), { timeout: 90_000 }).toEqual(['true']);
    await hub.stop();
  });

  test('whoever comes back with the last id is told exactly what was missed, also while more arrives', async () => {
    const { district, hub } = await open();
    const first = new Listener();
    const leave = await hub.join(everything, first, undefined);
    await confirm(district, ['a', 'b', 'c']);
    await expect.poll(() => first.items.length).toBe(3);
    leave();
    await confirm(
      district,
      Array.from({ length: 500 }, (_, index) => `m${index}`),
    );
    const again = new Listener();
    const flood = confirm(
      district,
      Array.from({ length: 500 }, (_, index) => `n${index}`),
    );
    await hub.join(everything, again, first.events.at(-1)!.id);
    await flood;
    // A second cut before the first batch must go on from what was seen, not from what was promised.
    expect(again.events[0]).toMatchObject({ event: 'hello', id: 3 });
    await expect.poll(() => again.items.length).toBe(1000);
    expect(again.items.map((item) => item.sequence)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 4));
    await hub.stop();
  });

  test('the broker keeps nothing of those who were behind and have gone', async () => {
    const { district, hub } = await open();
    await confirm(
      district,
      Array.from({ length: 300 }, (_, index) => `g${index}`),
    );
    const consumers = async () => (await broker.manager.streams.info(streamOf(district))).state.consumer_count;
    const leaves = await Promise.all(Array.from({ length: 12 }, () => hub.join(everything, new Listener(), 1)));
    for (const leave of leaves) leave();
    // The hub itself goes on following.
    await expect.poll(consumers, { timeout: 90_000 }).toBe(1);
    await hub.stop();
    await expect.poll(consumers, { timeout: 90_000 }).toBe(0);
  });

  test('who missed too much, or knows another journal, is told to load again', async () => {
    const { district, hub } = await open(10);
    await confirm(
      district,
      Array.from({ length: 20 }, (_, index) => `c${index}`),
    );
    const old = new Listener();
    await hub.join(everything, old, 3);
    expect(old.events[0]).toMatchObject({
      event: 'snapshot',
      id: 20,
      data: { reason: 'too-old', throughSequence: 20 },
    });
    const ahead = new Listener();
    await hub.join(everything, ahead, 99);
    expect(ahead.events[0]).toMatchObject({ event: 'snapshot', data: { reason: 'journal-restarted' } });
    await confirm(district, ['next']);
    await expect.poll(() => [old.items.length, ahead.items.length]).toEqual([1, 1]);
    await hub.stop();
  });

  test('a slow listener is told folded items that say how many events they stand for; nothing is lost and nothing queues', async () => {
    const { district, hub } = await open();
    const slow = new Listener();
    const quick = new Listener();
    await hub.join(everything, slow, undefined);
    await hub.join(everything, quick, undefined);
    slow.blocked = true;
    await confirm(district, ['a', 'b']);
    await status(district, 'a', 'hospitalised');
    await status(district, 'a', 'recovered');
    await expect.poll(() => quick.items.length).toBe(4);
    await sleep(60);
    expect(slow.items).toEqual([]);
    slow.blocked = false;
    await expect.poll(() => slow.items.length).toBe(2);
    const [b, a] = slow.items;
    expect(b).toMatchObject({ entity: 'b', sequence: 2 });
    expect(b!.standsFor).toBeUndefined();
    expect(a).toMatchObject({
      entity: 'a',
      standsFor: 3,
      fromSequence: 1,
      sequence: 4,
      areaId: 'W0',
      values: { confirmedDate: '2021-08-01', status: 'recovered' },
    });
    expect(slow.events.at(-1)!.id).toBe(4);
    await hub.stop();
  });

  test('filters by layer and area; figures of committed rows are passed on, once for each change', async () => {
    const { district, hub } = await open();
    const here = new Listener();
    const other = new Listener();
    await hub.join(parseFilter({ layers: 'cases', areaIds: 'W1' }), here, undefined);
    await hub.join(parseFilter({ layers: 'violations' }), other, undefined);
    await confirm(district, ['x'], 'W0');
    await confirm(district, ['y'], 'W1');
    await expect.poll(() => here.items.map((item) => item.entity)).toEqual(['y']);
    const say = (value: number, throughSequence: number) => {
      const message: Committed = {
        district,
        service: 'epidemic',
        throughSequence,
        figures: [{ areaId: 'W1', formula: 'cases-7d', value, unit: 'cases', throughSequence }],
      };
      broker.connection.publish(committedSubject(district, 'epidemic'), JSON.stringify(message));
    };
    for (const [value, through] of [
      [1, 1],
      [1, 2],
      [2, 3],
    ] as const) {
      say(value, through);
      await sleep(60);
    }
    expect(here.events.flatMap(({ data }) => data.figures ?? []).map((figure) => figure.value)).toEqual([1, 2]);
    expect(other.items).toEqual([]);
    await hub.stop();
  });
});

test('a backlog folds without losing: the counts add up to the events, and the newest value wins', () => {
  const items = fc.array(fc.record({ entity: fc.constantFrom('a', 'b', 'c'), status: fc.string() }), { maxLength: 50 });
  fc.assert(
    fc.property(items, (events) => {
      const backlog = new Backlog();
      for (const [index, { entity, status: value }] of events.entries())
        backlog.add(
          [
            {
              id: String(index),
              sequence: index + 1,
              type: 'case-status-changed',
              layer: 'cases',
              entity,
              time: '',
              recordedTime: '',
              values: { status: value },
            },
          ],
          [],
          index + 1,
        );
      const taken = backlog.take();
      expect(taken.items.reduce((sum, item) => sum + (item.standsFor ?? 1), 0)).toBe(events.length);
      for (const item of taken.items)
        expect(item.values.status).toBe(events.findLast((event) => event.entity === item.entity)!.status);
      expect(backlog.size).toBe(0);
    }),
  );
});
