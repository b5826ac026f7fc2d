import { expect, test } from 'vitest';
import { type EventSourceLike, type LineState, listen } from './connection.ts';

class FakeSource implements EventSourceLike {
  readyState = 0;
  readonly listeners = new Map<string, ((event: { data?: string; lastEventId?: string }) => void)[]>();
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  addEventListener(type: string, listener: (event: { data?: string; lastEventId?: string }) => void) {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }
  close() {
    this.readyState = 2;
  }
  say(type: string, data?: unknown, lastEventId?: string) {
    for (const listener of this.listeners.get(type) ?? []) listener({ data: JSON.stringify(data), lastEventId });
  }
}

function scene() {
  const sources: FakeSource[] = [];
  const states: LineState[] = [];
  const reloads: (number | undefined)[] = [];
  let figuresMissed = 0;
  const waiting: { milliseconds: number; run: () => void }[] = [];
  const batches: unknown[] = [];
  const end = listen({
    district: 'q7',
    open: (url) => sources[sources.push(new FakeSource(url)) - 1]!,
    timers: { now: () => 1000, later: (milliseconds, run) => void waiting.push({ milliseconds, run }) },
    onBatches: (all) => batches.push(...all),
    onState: (state) => states.push(state),
    onReload: (through) => reloads.push(through),
    onFiguresMissed: () => {
      figuresMissed += 1;
    },
  });
  return { sources, states, reloads, waiting, batches, end, figuresMissed: () => figuresMissed };
}

test('a cut that the browser mends by itself is told as lost and resumed, with no reload', () => {
  const { sources, states, reloads } = scene();
  sources[0]!.say('open');
  sources[0]!.say('error');
  expect(states.at(-1)).toMatchObject({ phase: 'lost', resumptions: 0 });
  sources[0]!.say('open');
  expect(states.at(-1)).toMatchObject({ phase: 'open', resumptions: 1, reloaded: false });
  expect(reloads).toEqual([]);
  expect(sources).toHaveLength(1);
});

test('when the browser gives up, it is opened anew from where it was, later each time, and everything is loaded again', () => {
  const { sources, states, reloads, waiting } = scene();
  sources[0]!.say('open');
  sources[0]!.say('batch', { district: 'q7', items: [], figures: [] }, '41');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    sources.at(-1)!.readyState = 2;
    sources.at(-1)!.say('error');
    waiting.at(-1)!.run();
  }
  expect(waiting.map(({ milliseconds }) => milliseconds)).toEqual([1000, 2000, 4000]);
  expect(sources.at(-1)!.url).toBe('/api/stream?district=q7&lastEventId=41');
  expect(reloads).toEqual([]);
  sources.at(-1)!.say('open');
  expect(reloads).toEqual([undefined]);
  expect(states.at(-1)).toMatchObject({ phase: 'open', reloaded: true, resumptions: 1 });
});

test('a snapshot notice asks for everything and says from where on; that of another district does not', () => {
  const { sources, reloads } = scene();
  sources[0]!.say('open');
  sources[0]!.say('snapshot', { district: 'nyc', throughSequence: 9, reason: 'too-old' });
  sources[0]!.say('snapshot', { district: 'q7', throughSequence: 77, reason: 'journal-restarted' });
  expect(reloads).toEqual([77]);
});

test('an edge that began to listen after the cut asks for the figures, and for nothing else', () => {
  const { sources, reloads, figuresMissed } = scene();
  sources[0]!.say('hello', { district: 'q7', throughSequence: 5, sentAt: '' });
  sources[0]!.say('hello', { district: 'nyc', throughSequence: 5, sentAt: '', figuresMissed: true });
  expect(figuresMissed()).toBe(0);
  sources[0]!.say('hello', { district: 'q7', throughSequence: 5, sentAt: '', figuresMissed: true });
  expect(figuresMissed()).toBe(1);
  expect(reloads).toEqual([]);
});

test('a journal that falls silent is silent since our own clock says so, until it answers or the line is opened anew', () => {
  const { sources, states } = scene();
  sources[0]!.say('open');
  expect(states.at(-1)!.journalSilentSince).toBeNull();
  const silent = { silentSince: '2026-11-30T08:00:00.000Z', sentAt: '2026-11-30T08:00:00.700Z' };
  sources[0]!.say('journal', silent);
  expect(states.at(-1)).toMatchObject({ phase: 'open', journalSilentSince: 300 });
  sources[0]!.say('journal', { silentSince: null, sentAt: '2026-11-30T08:00:28Z' });
  expect(states.at(-1)!.journalSilentSince).toBeNull();
  sources[0]!.say('journal', silent);
  sources[0]!.say('error');
  sources[0]!.say('open');
  expect(states.at(-1)).toMatchObject({ phase: 'open', journalSilentSince: null });
});

test('nothing is said after the end', () => {
  const { sources, states, batches, end, figuresMissed } = scene();
  end();
  const before = states.length;
  sources[0]!.say('open');
  sources[0]!.say('batch', { district: 'q7', items: [], figures: [] });
  sources[0]!.say('hello', { district: 'q7', throughSequence: 5, sentAt: '', figuresMissed: true });
  expect(states).toHaveLength(before);
  expect(batches).toEqual([]);
  expect(figuresMissed()).toBe(0);
});
