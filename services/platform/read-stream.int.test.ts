import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Appender } from './append.ts';
import type { Broker } from './broker.ts';
import { openDistrictStream, readSubject, streamOf } from './journal.ts';
import { firstMessage, followStream, ReadingEnded, readOn, readStream } from './read-stream.ts';
import { temporaryDistrict, testBroker } from './testing/servers.ts';

describe('the broker forgets a reader whose reading has ended', () => {
  const district = temporaryDistrict();
  const stream = streamOf(district);
  const part = { stream, after: 0, ahead: 10 };
  let broker: Broker;
  const consumers = async () => (await broker.manager.streams.info(stream)).state.consumer_count;
  const none = () => expect.poll(consumers, { timeout: 90_000 }).toBe(0);

  beforeAll(async () => {
    broker = await testBroker();
    await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
    const appender = new Appender(broker);
    await appender.appendAll(
      Array.from({ length: 40 }, (_, index) => ({
        subject: `vx.${district}.economy.business.b`,
        id: `${index}`,
        payload: '{}',
      })),
    );
    appender.close();
  });
  afterAll(() => broker.close());

  test('that was broken off', async () => {
    const seen: number[] = [];
    for await (const message of await readStream(broker, part)) {
      seen.push(message.seq);
      if (message.seq === 25) break;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    await none();
  });

  test('that an error ended', async () => {
    const read = async () => {
      for await (const message of await readStream(broker, part)) throw new Error(`at ${message.seq}`);
    };
    await expect(read()).rejects.toThrow('at 1');
    await none();
  });

  /** The broker forgets every reader of the stream, as one does that was away. */
  const forgetReaders = async () => {
    for await (const { name } of broker.manager.consumers.list(stream))
      await broker.manager.consumers.delete(stream, name);
  };

  test('that its broker ended: whoever reads is told that he has not read to the end', async () => {
    const seen: number[] = [];
    const read = async () => {
      for await (const message of await readStream(broker, part)) {
        seen.push(message.seq);
        if (message.seq === 5) await forgetReaders();
      }
    };
    await expect(read()).rejects.toThrow(ReadingEnded);
    // Ten were on their way.
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1));
    expect(seen.length).toBeLessThan(40);
    await none();
  });

  test('that its broker ended twice: whoever reads a part to its end has each message once, in order', async () => {
    const seen: number[] = [];
    for await (const message of readOn(broker, part)) {
      seen.push(message.seq);
      if (message.seq === 5 || message.seq === 20) await forgetReaders();
      if (message.seq === 40) break;
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    await none();
  });

  test('that was stopped before anybody went through it', async () => {
    (await readStream(broker, part)).stop();
    await none();
  });

  test('that was stopped from outside, once what had come was handed on', async () => {
    const reading = await readStream(broker, part);
    let last = 0;
    const read = (async () => {
      for await (const message of reading) last = message.seq;
    })();
    await expect.poll(() => last, { timeout: 90_000 }).toBe(40);
    expect((await reading.info()).num_pending).toBe(0);
    reading.stop();
    reading.stop();
    await read;
    await none();
  });

  test('that followed', async () => {
    let last = 0;
    const following = followStream(broker, part, (message) => {
      last = message.seq;
    });
    await expect.poll(() => following.settled(1000), { timeout: 90_000 }).toBe(true);
    expect(last).toBe(40);
    following.stop();
    await none();
    expect(await following.settled(10)).toBe(false);
  });

  test('that asked for one message, or for one subject', async () => {
    const filter = `vx.${district}.>`;
    expect(await firstMessage(broker, { stream, at: 7, filter }, 10_000)).toMatchObject({ sequence: 7 });
    expect(await readSubject(broker, stream, `vx.${district}.economy.business.b`, 30)).toHaveLength(30);
    await none();
  });
});
