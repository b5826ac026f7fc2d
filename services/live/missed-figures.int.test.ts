import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Committed, committedSubject, type LiveBatch, type LiveFigure, type LiveHello } from '#contracts/live.ts';
import { newEvent } from '#contracts/new-event.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { openDistrictStream } from '#platform/journal.ts';
import { silentLog, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import type { Sink } from './client.ts';
import { parseFilter } from './filter.ts';
import { DistrictHub } from './hub.ts';

/** A browser that keeps what it was told. `onHello` runs when it is greeted. */
class Listener implements Sink {
  readonly hellos: LiveHello[] = [];
  readonly batches: LiveBatch[] = [];
  lastEventId: number | undefined;
  private readonly onHello: () => void;
  constructor(onHello: () => void = () => {}) {
    this.onHello = onHello;
  }
  write(text: string) {
    const event = /^event: (.*)$/m.exec(text)?.[1];
    if (!event) return;
    const data = JSON.parse(/^data: (.*)$/m.exec(text)![1]!);
    this.lastEventId = Number(/^id: (.*)$/m.exec(text)![1]);
    if (event === 'batch') this.batches.push(data);
    if (event !== 'hello') return;
    this.hellos.push(data);
    this.onHello();
  }
  bufferedBytes = () => 0;
  close() {}
  get entities() {
    return this.batches.flatMap(({ items }) => items.map(({ entity }) => entity));
  }
  get figures() {
    return this.batches.flatMap(({ figures }) => figures.map(({ areaId, value }) => `${areaId} ${value}`));
  }
}

describe('who comes back is told the figures that were told meanwhile', () => {
  const waitLimit = { timeout: 90_000 };
  const everything = parseFilter({});
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

  const open = (district: string) =>
    new DistrictHub(district, { broker, log: silentLog, now: () => new Date(), batchMs: 10 });
  const openDistrict = async () => {
    const district = temporaryDistrict();
    await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
    return { district, hub: open(district) };
  };
  const time = '2021-08-01T00:00:00.000Z';
  const confirm = (district: string, ...caseIds: string[]) =>
    appender.appendAll(
      caseIds.map(
        (caseId) =>
          newEvent({
            type: 'case-confirmed',
            district,
            source: 't',
            id: caseId,
            time,
            recordedTime: time,
            data: { caseId, areaId: 'W1', confirmedDate: '2021-08-01' },
          }).message,
      ),
    );
  const say = (district: string, ...figures: [areaId: string, value: number, throughSequence: number][]) => {
    const message: Committed = {
      district,
      service: 'epidemic',
      throughSequence: Math.max(...figures.map(([, , throughSequence]) => throughSequence)),
      figures: figures.map(
        ([areaId, value, throughSequence]): LiveFigure => ({
          areaId,
          formula: 'cases-7d',
          value,
          unit: 'cases',
          throughSequence,
        }),
      ),
    };
    broker.connection.publish(committedSubject(district, 'epidemic'), JSON.stringify(message));
  };

  test('also those of rows whose items it had heard before the cut', async () => {
    const { district, hub } = await openDistrict();
    const witness = new Listener();
    await hub.join(everything, witness, undefined);
    const first = new Listener();
    const leave = await hub.join(everything, first, undefined);
    await confirm(district, 'a', 'b');
    await expect.poll(() => first.entities, waitLimit).toEqual(['a', 'b']);
    leave();
    // The items were heard, their rows are committed a moment later: the figure holds no more than the client has seen, and is new to it.
    say(district, ['W1', 2, 2]);
    await expect.poll(() => witness.figures, waitLimit).toEqual(['W1 2']);
    const again = new Listener();
    await hub.join(everything, again, first.lastEventId);
    expect(again.hellos).toMatchObject([{ throughSequence: 2 }]);
    await expect.poll(() => again.figures, waitLimit).toEqual(['W1 2']);
    expect(again.lastEventId).toBe(2);
    await hub.stop();
  });

  test('once more only those that it can have missed, with the items, and by its own filter', async () => {
    const { district, hub } = await openDistrict();
    const witness = new Listener();
    await hub.join(everything, witness, undefined);
    const first = new Listener();
    const leave = await hub.join(everything, first, undefined);
    await confirm(district, 'a');
    await expect.poll(() => first.entities, waitLimit).toEqual(['a']);
    say(district, ['W0', 7, 1]);
    await expect.poll(() => first.figures, waitLimit).toEqual(['W0 7']);
    await confirm(district, 'b');
    await expect.poll(() => first.entities, waitLimit).toEqual(['a', 'b']);
    leave();
    await confirm(district, 'c');
    say(district, ['W1', 3, 3], ['W2', 1, 3], ['W0', 7, 3]);
    await expect.poll(() => witness.figures, waitLimit).toEqual(['W0 7', 'W1 3', 'W2 1']);
    await expect.poll(() => witness.entities, waitLimit).toEqual(['a', 'b', 'c']);
    const again = new Listener();
    await hub.join(everything, again, first.lastEventId);
    await expect.poll(() => again.entities, waitLimit).toEqual(['c']);
    expect(again.figures).toEqual(['W1 3', 'W2 1']);
    const narrow = new Listener();
    await hub.join(parseFilter({ areaIds: 'W2' }), narrow, first.lastEventId);
    await expect.poll(() => narrow.figures, waitLimit).toEqual(['W2 1']);
    await hub.stop();
  });

  test('and those that are told while it is read up to date', async () => {
    const { district, hub } = await openDistrict();
    const witness = new Listener();
    await hub.join(everything, witness, undefined);
    const caseIds = Array.from({ length: 400 }, (_, index) => `c${index}`);
    await confirm(district, ...caseIds);
    await expect.poll(() => witness.entities.length, waitLimit).toBe(400);
    const again = new Listener(() => say(district, ['W1', 400, 400]));
    await hub.join(everything, again, 1);
    await expect.poll(() => witness.figures, waitLimit).toEqual(['W1 400']);
    await expect.poll(() => again.figures, waitLimit).toContain('W1 400');
    expect(again.entities).toEqual(caseIds.slice(1));
    await hub.stop();
  });

  test('an edge that began to listen later says that it cannot know them; to a newcomer, or to who was here, it does not', async () => {
    const { district, hub } = await openDistrict();
    await confirm(district, 'a', 'b');
    const newcomer = new Listener();
    await hub.join(everything, newcomer, undefined);
    expect(newcomer.hellos.map(({ figuresMissed }) => figuresMissed)).toEqual([undefined]);
    for (const seen of [1, 2]) {
      const back = new Listener();
      await hub.join(everything, back, seen);
      expect(back.hellos).toMatchObject([{ throughSequence: seen, figuresMissed: true }]);
    }
    await confirm(district, 'c');
    await expect.poll(() => newcomer.lastEventId, waitLimit).toBe(3);
    const back = new Listener();
    await hub.join(everything, back, 3);
    expect(back.hellos.map(({ figuresMissed }) => figuresMissed)).toEqual([undefined]);
    await hub.stop();
  });
});
