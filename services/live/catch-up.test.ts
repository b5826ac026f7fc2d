import { describe, expect, test } from 'vitest';
import type { LiveBatch, LiveFigure, LiveItem } from '#contracts/live.ts';
import { createLog } from '#platform/log.ts';
import { type CatchUp, catchUps } from './catch-up.ts';
import { type Sink, StreamClient } from './client.ts';
import { parseFilter } from './filter.ts';
import { type JournalPage, pageEnd, pageSequences } from './journal-pages.ts';

const itemAt = (sequence: number): LiveItem => ({
  id: `e${sequence}`,
  sequence,
  type: 'case-confirmed',
  layer: sequence % 2 ? 'cases' : 'violations',
  entity: `c${sequence}`,
  areaId: `W${sequence % 3}`,
  time: '',
  recordedTime: '',
  values: {},
});

/** A browser that takes what it is sent while `open` and `takes`, and keeps it. */
class Browser implements Sink {
  batches: LiveBatch[] = [];
  /** What came as shared bytes. */
  shared: Buffer[] = [];
  takes = true;
  open = true;
  private held = 0;
  mostHeld = 0;
  write = (text: string) => {
    if (!this.takes) this.held += text.length;
    this.mostHeld = Math.max(this.mostHeld, this.held);
    this.batches.push(JSON.parse(/^data: (.*)$/m.exec(text)![1]!));
  };
  writeBytes = (bytes: Buffer) => {
    this.shared.push(bytes);
    this.write(bytes.toString());
  };
  bufferedBytes = () => this.held;
  isOpen = () => this.open;
  close() {
    this.open = false;
  }
  take() {
    this.takes = true;
    this.held = 0;
  }
  get sequences() {
    return this.batches.flatMap(({ items }) => items.map(({ sequence }) => sequence));
  }
  get told() {
    return this.batches.flatMap(({ figures, throughSequence }) =>
      figures.map(({ areaId }) => `${areaId} at ${throughSequence}`),
    );
  }
}

describe('those who are behind', () => {
  const range = (from: number, through: number) =>
    Array.from({ length: through - from + 1 }, (_, index) => from + index);
  /** A journal of so many events, in memory. */
  const journal = (length: number, figures: (from: number, before: number) => LiveFigure[] = () => []) => {
    const state = { through: length, reads: [] as number[], faults: 0, joined: [] as StreamClient[] };
    const catchUp: CatchUp = catchUps({
      district: 'd',
      log: createLog('test', 'silent'),
      now: () => new Date(0),
      heardThrough: () => state.through,
      figuresTold: figures,
      caughtUp: (client) => state.joined.push(client),
      pages: {
        page: async (sequence, known): Promise<JournalPage> => {
          if (state.faults-- > 0) throw new Error('the broker is away');
          state.reads.push(sequence);
          const through = Math.min(pageEnd(sequence), known);
          return { items: range(pageEnd(sequence) - pageSequences + 1, through).map(itemAt), through };
        },
      },
    });
    const bring = (seen: number, browser = new Browser(), filter = parseFilter({})) => {
      const client = new StreamClient('d', filter, browser, state.through);
      return { browser, client, done: catchUp.bring(client, seen) };
    };
    return { state, catchUp, bring };
  };

  test('are told every event once, in order, and share pages and bytes', async () => {
    const { state, catchUp, bring } = journal(2200);
    const clients = [...Array(40)].map(() => bring(0));
    expect(catchUp.size()).toBe(40);
    await Promise.all(clients.map(({ done }) => done));
    for (const { browser } of clients) expect(browser.sequences.join()).toBe(range(1, 2200).join());
    expect(state.reads).toHaveLength(Math.ceil(2200 / pageSequences));
    // One and the same buffer, not one for each.
    expect(new Set(clients.flatMap(({ browser }) => browser.shared)).size).toBe(state.reads.length);
    expect(state.joined).toHaveLength(40);
    expect(catchUp.size()).toBe(0);
  });

  test('begin each where it stood, hear what comes meanwhile, and by their own filter', async () => {
    const { state, bring } = journal(1300);
    const a = bring(1);
    const b = bring(777, new Browser(), parseFilter({ layers: 'cases', areaIds: 'W1' }));
    state.through = 1400;
    await Promise.all([a.done, b.done]);
    expect(a.browser.sequences).toEqual(range(2, 1400));
    expect(b.browser.sequences).toEqual(range(778, 1400).filter((at) => at % 2 === 1 && at % 3 === 1));
    expect(b.client.throughSequence).toBe(1400);
  });

  test('are waited for one by one: who takes nothing is sent little and holds up nobody', async () => {
    const { bring } = journal(5000);
    const slow = new Browser();
    slow.takes = false;
    const stuck = bring(0, slow);
    const quick = bring(0);
    await quick.done;
    expect(quick.browser.sequences).toEqual(range(1, 5000));
    expect(slow.mostHeld).toBeLessThan(300_000);
    expect(slow.sequences.length).toBeLessThan(1500);
    let isDone = false;
    void stuck.done.then(() => {
      isDone = true;
    });
    expect(isDone).toBe(false);
    slow.take();
    await stuck.done;
    expect(slow.sequences).toEqual(range(1, 5000));
  });

  test('and have gone, or whose district is stopped, are let go', async () => {
    const { state, catchUp, bring } = journal(100_000);
    const gone = bring(0);
    const left = bring(0);
    gone.browser.open = false;
    catchUp.leave(left.client);
    await Promise.all([gone.done, left.done]);
    const stopped = bring(0);
    catchUp.stop();
    await stopped.done;
    expect(stopped.browser.open).toBe(false);
    expect(catchUp.size()).toBe(0);
    expect(state.joined).toEqual([]);
    await bring(0).done;
    expect(state.joined).toEqual([]);
  });

  test('lose nothing when the broker is away for a while', async () => {
    const { state, bring } = journal(900);
    state.faults = 2;
    const { browser, done } = bring(100);
    await done;
    expect(browser.sequences).toEqual(range(101, 900));
  });

  test('are told figures before the id passes them, so that a second cut misses none', async () => {
    const figure = (areaId: string): LiveFigure => ({
      areaId,
      formula: 'cases-7d',
      value: 1,
      unit: 'cases',
      throughSequence: 1,
    });
    const told = new Map([
      ['W0', 10],
      ['W1', 500],
      ['W2', 700],
      ['W3', Number.POSITIVE_INFINITY],
    ]);
    const { bring } = journal(700, (from, before) =>
      [...told].flatMap(([areaId, id]) => (id >= from && (id < before || before > 1e9) ? [figure(areaId)] : [])),
    );
    const { browser, done } = bring(10);
    await done;
    expect(browser.told).toEqual(['W0 at 10', 'W1 at 500', 'W2 at 700', 'W3 at 700']);
    expect(browser.sequences).toEqual(range(11, 700));
  });
});
