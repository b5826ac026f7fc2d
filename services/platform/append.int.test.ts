import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Appended, Appender, type Message } from './append.ts';
import type { Broker } from './broker.ts';
import { deleteDistrictStream, openDistrictStream, streamOf } from './journal.ts';
import { readOn } from './read-stream.ts';
import { temporaryDistrict, testBroker } from './testing/servers.ts';

/** On the run's nats-server: batches where it takes them, one by one where it does not. What is promised is the same. */
describe('append', () => {
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

  const inDistrict = async <Result>(use: (district: string) => Promise<Result>): Promise<Result> => {
    const district = temporaryDistrict();
    await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
    try {
      return await use(district);
    } finally {
      await deleteDistrictStream(broker, district);
    }
  };
  const message = (district: string, id: string, key = id, expectedSubjectSequence?: number): Message => ({
    subject: `vx.${district}.test.noun.${key}`,
    id,
    payload: JSON.stringify({ id }),
    ...(expectedSubjectSequence === undefined ? {} : { expectedSubjectSequence }),
  });
  /** Everything in the journal, in its order: sequence, key, id. */
  const journal = async (district: string) => {
    const { state } = await broker.manager.streams.info(streamOf(district));
    const found: [number, string, string][] = [];
    if (state.messages === 0) return found;
    for await (const read of readOn(broker, { stream: streamOf(district), after: 0, ahead: 500 })) {
      found.push([read.seq, read.subject.split('.').at(-1)!, read.json<{ id: string }>().id]);
      if (read.seq >= state.last_seq) break;
    }
    return found;
  };
  const sequences = (results: Appended[]) => results.map((result) => (result.ok ? result.sequence : result.reason));

  test('more than a batch holds: each has the sequence at which it stands', () =>
    inDistrict(async (district) => {
      const messages = Array.from({ length: 2500 }, (_, index) => message(district, `m${index}`));
      const results = await appender.appendAll(messages);
      const stored = await journal(district);
      expect(stored.map(([sequence]) => sequence)).toEqual(messages.map((_, index) => index + 1));
      expect(stored.map(([, , id]) => id)).toEqual(messages.map(({ id }) => id));
      expect(sequences(results)).toEqual(stored.map(([sequence]) => sequence));
    }));

  test('many writers at once, some from other connections: nothing lost, nothing twice, every sequence its own', () =>
    inDistrict(async (district) => {
      const others = await Promise.all([testBroker(), testBroker()]);
      const appenders = [appender, ...others.map((other) => new Appender(other, { window: 50 }))];
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, writer) => {
          const own = Array.from({ length: 1 + ((writer * 7) % 60) }, (_, index) =>
            message(district, `${writer}-${index}`),
          );
          return appenders[writer % 3]!.appendAll(own).then((results) =>
            results.map((result, index) => [result.ok && result.sequence, own[index]!.id] as const),
          );
        }),
      );
      const told = answers.flat().sort(([a], [b]) => Number(a) - Number(b));
      expect(told.map(([sequence, id]) => [sequence, id])).toEqual(
        (await journal(district)).map(([sequence, , id]) => [sequence, id]),
      );
      for (const own of appenders.slice(1)) own.close();
      for (const other of others) await other.close();
    }));

  test('duplicates within a call, across calls and among new ones: each says the sequence of the first', () =>
    inDistrict(async (district) => {
      const first = await appender.appendAll(['a', 'b', 'a', 'c', 'b', 'a'].map((id) => message(district, id)));
      expect(first).toEqual([
        { ok: true, sequence: 1, duplicate: false },
        { ok: true, sequence: 2, duplicate: false },
        { ok: true, sequence: 1, duplicate: true },
        { ok: true, sequence: 3, duplicate: false },
        { ok: true, sequence: 2, duplicate: true },
        { ok: true, sequence: 1, duplicate: true },
      ]);
      const mixed = await appender.appendAll(['d', 'b', 'e', 'c', 'e'].map((id) => message(district, id)));
      expect(sequences(mixed)).toEqual([4, 2, 5, 3, 5]);
      expect(mixed.map((result) => result.ok && result.duplicate)).toEqual([false, true, false, true, true]);
      expect((await journal(district)).map(([, , id]) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    }));

  test('wrong sequences in the midst of a batch cost their neighbours nothing', () =>
    inDistrict(async (district) => {
      await appender.appendAll([message(district, 'a', 'k'), message(district, 'b', 'l')]);
      const results = await appender.appendAll([
        message(district, 'c'),
        message(district, 'd', 'k', 7),
        message(district, 'e', 'l', 2),
        message(district, 'f', 'new', 0),
        message(district, 'g', 'm', 1),
        message(district, 'h', 'k', 1),
        message(district, 'i', 'k', 1),
      ]);
      expect(sequences(results)).toEqual([3, 'wrong-sequence', 4, 5, 'wrong-sequence', 6, 'wrong-sequence']);
    }));

  test('what is sent a second time on condition of a sequence is a duplicate of itself, and not too late', () =>
    inDistrict(async (district) => {
      const command = message(district, 'a', 'k', 0);
      expect(await appender.append(command)).toEqual({ ok: true, sequence: 1, duplicate: false });
      expect(await appender.append(command)).toEqual({ ok: true, sequence: 1, duplicate: true });
      const among = await appender.appendAll([message(district, 'b'), command, message(district, 'c', 'k', 0)]);
      expect(among.slice(0, 2)).toEqual([
        { ok: true, sequence: 2, duplicate: false },
        { ok: true, sequence: 1, duplicate: true },
      ]);
      expect(sequences(among)[2]).toBe('wrong-sequence');
    }));

  test('what can never be sent is refused, and the rest of its call is stored', () =>
    inDistrict(async (district) => {
      const results = await appender.appendAll([
        message(district, 'a'),
        { ...message(district, 'b'), id: 'b\r\nNats-Rollup: all' },
        { ...message(district, 'c'), payload: 'x'.repeat(1024 * 1024) },
        { ...message(district, 'd'), subject: `vx.${district}.not a.subject` },
        message(district, 'e'),
      ]);
      expect(sequences(results)).toEqual([1, 'refused', 'refused', 'refused', 2]);
      expect((await journal(district)).map(([, , id]) => id)).toEqual(['a', 'e']);
    }));

  test('two districts in one call, and one that is not there', () =>
    inDistrict((one) =>
      inDistrict(async (other) => {
        const nowhere = temporaryDistrict();
        const results = await appender.appendAll(
          Array.from({ length: 30 }, (_, index) => message([one, other, nowhere][index % 3]!, `m${index}`)),
        );
        expect(sequences(results)).toEqual(
          Array.from({ length: 30 }, (_, index) => (index % 3 === 2 ? 'no-stream' : Math.floor(index / 3) + 1)),
        );
        expect((await journal(one)).length).toBe(10);
        expect((await journal(other)).length).toBe(10);
      }),
    ));

  test('a stream that takes no batches is written all the same', () =>
    inDistrict(async (district) => {
      const { config } = await broker.manager.streams.info(streamOf(district));
      await broker.manager.streams.update(streamOf(district), { ...config, allow_atomic: false });
      const results = await appender.appendAll(['a', 'b', 'a', 'c'].map((id) => message(district, id)));
      expect(sequences(results)).toEqual([1, 2, 1, 3]);
    }));

  test('a window smaller than the call: the caller waits, and all is stored in order', () =>
    inDistrict(async (district) => {
      const narrow = new Appender(broker, { window: 7 });
      const results = await narrow.appendAll(Array.from({ length: 100 }, (_, index) => message(district, `m${index}`)));
      expect(sequences(results)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
      narrow.close();
    }));

  /** A message of few ids and subjects, and now and then an expectation that may be right. */
  const anyMessage = fc.record({
    id: fc.integer({ min: 0, max: 14 }),
    key: fc.constantFrom('k', 'l', 'm'),
    expected: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined, freq: 2 }),
  });

  test('whatever is appended together has the results, and leaves the journal, of one after another', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyMessage, { minLength: 1, maxLength: 24 }),
        fc.integer({ min: 0, max: 6 }),
        (drawn, before) =>
          inDistrict((together) =>
            inDistrict(async (alone) => {
              const messages = (district: string) =>
                drawn.map(({ id, key, expected }) => message(district, `i${id}`, key, expected));
              const told = (results: Appended[]) =>
                results.map((result) =>
                  result.ok ? { sequence: result.sequence, duplicate: result.duplicate } : result.reason,
                );
              const one: Appended[] = [];
              for (const single of messages(alone)) one.push(await appender.append(single));
              const [head, rest] = [messages(together).slice(0, before), messages(together).slice(before)];
              const many = [...(await appender.appendAll(head)), ...(await appender.appendAll(rest))];
              expect(told(many)).toEqual(told(one));
              expect(await journal(together)).toEqual(await journal(alone));
            }),
          ),
      ),
      { numRuns: 40, endOnFailure: true },
    ));
});
