import { EventEmitter } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { liveAccess } from '#contracts/access/live.ts';
import { createApp } from '#platform/app.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { listen } from '#platform/serve.ts';
import { addStreamRoute, type StreamHubs } from './stream-api.ts';

let http: Awaited<ReturnType<typeof listen>> | undefined;
afterEach(async () => {
  await http?.stop();
});

/** The app with the stream of one district, of which `join` is what happens to a listener. */
function appWith(join: ReturnType<StreamHubs['hub']>['join']) {
  const left: string[] = [];
  const app = createApp({
    name: 'live',
    log: createLog('stream-test', 'silent'),
    metrics: createMetrics('live'),
    access: liveAccess,
  });
  const hubs: StreamHubs = { clientCount: 0, left: (district) => void left.push(district), hub: () => ({ join }) };
  addStreamRoute(app, hubs, () => true);
  return { app, left };
}

/** A listener over a connection of its own. */
async function streamOf(join: ReturnType<StreamHubs['hub']>['join']) {
  const { app, left } = appWith(join);
  http = await listen(app, 0, '127.0.0.1');
  const response = await new Promise<IncomingMessage>((done, fail) => {
    get(`http://127.0.0.1:${http!.port}/api/stream?district=q7`, { agent: false }, done).on('error', fail);
  });
  return { response, left };
}

test('the request is over before its listener is up to date: that may take longer than a request may', async () => {
  const { app } = appWith(() => new Promise(() => {}));
  const outgoing = Object.assign(new EventEmitter(), { writeHead: () => {}, flushHeaders: () => {} });
  const answer = await app.request('/api/stream?district=q7', {}, { outgoing });
  expect(answer.headers.has('x-hono-already-sent')).toBe(true);
  outgoing.emit('close');
});

test('who goes while it is brought up to date leaves when that has ended', async () => {
  let arrive = () => {};
  let isOpen = () => true;
  let leaves = 0;
  const { response, left } = await streamOf(async (_filter, sink) => {
    isOpen = sink.isOpen!;
    await new Promise<void>((done) => {
      arrive = done;
    });
    return () => {
      leaves++;
    };
  });
  expect(isOpen()).toBe(true);
  response.destroy();
  await expect.poll(() => [isOpen(), left.length], { timeout: 90_000 }).toEqual([false, 1]);
  arrive();
  await expect.poll(() => [leaves, left.length], { timeout: 90_000 }).toEqual([1, 2]);
});

test('a district whose journal does not answer ends the line, so that the listener comes back', async () => {
  const { response } = await streamOf(() => Promise.reject(new Error('no journal')));
  const ended = new Promise((done) => response.on('close', done).on('error', () => {}));
  response.resume();
  await ended;
});
