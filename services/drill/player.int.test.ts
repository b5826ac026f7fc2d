import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Gateway } from '#platform/gateway.ts';
import { createMetrics } from '#platform/metrics.ts';
import { silentLog } from '#platform/testing/servers.ts';
import { createDrill } from './app.ts';
import type { Exercise } from './district7-wave.ts';
import { Player } from './player.ts';
import { progressFile } from './progress-file.ts';

/** A door that remembers: one district at most, ids in the order in which they came. */
class Door {
  ids: string[] = [];
  there = false;
  failures = 0;
  /** Refuses the first batches after a registration, as the real door may. */
  deaf = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const body: Buffer[] = [];
      request.on('data', (part) => body.push(part));
      request.on('end', () => {
        const [status, answer] = this.answer(`${request.method} ${request.url}`, Buffer.concat(body).toString());
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: string, body: string): [number, unknown] {
    if (this.failures-- > 0) return [503, { title: 'Not available now' }];
    if (request === 'POST /api/districts') {
      if (this.there) return [409, { title: 'registered already' }];
      this.there = true;
      return [201, {}];
    }
    if (request.startsWith('DELETE')) {
      this.there = false;
      this.ids = [];
      return [204, undefined];
    }
    const events = JSON.parse(body) as { id: string }[];
    if (this.deaf-- > 0)
      return [
        422,
        { accepted: 0, rejected: events.map((_, index) => ({ index, field: 'district', reason: 'no such district' })) },
      ];
    this.ids.push(...events.map(({ id }) => id));
    return [201, { accepted: events.length, duplicates: 0, rejected: [], throughSequence: this.ids.length }];
  }
}

const day = 86_400_000;
const start = Date.parse('2021-06-01T00:00:00Z');
const size = 9000;
const exercise: Exercise = {
  registration: { districtId: 'x' } as Exercise['registration'],
  from: '2021-06-01',
  to: '2021-08-31',
  prefillUntil: start + 50 * day,
  *events() {
    for (let index = 0; index < size; index++)
      yield { index, at: start + (index * 90 * day) / size, event: { id: String(index) } as never };
  },
};
const whole = Array.from({ length: size }, (_, index) => String(index));

let door: Door;
let url: string;
let folder: string;
const players: Player[] = [];
beforeEach(async () => {
  door = new Door();
  url = await door.open();
  folder = mkdtempSync(join(tmpdir(), 'drill-'));
});
afterEach(async () => {
  await Promise.all(players.splice(0).map((player) => player.rest()));
  await door.close();
  rmSync(folder, { recursive: true });
});

function newPlayer(): Player {
  const player = new Player({
    exercise,
    gateway: (signal, onRetry) => new Gateway(url, { signal, onRetry }),
    file: progressFile(join(folder, 'progress.json')),
    log: silentLog,
    elapsedMs: () => performance.now(),
  });
  players.push(player);
  return player;
}

test('sends the first weeks at once, then goes at its speed, and each event once and in order', async () => {
  const player = newPlayer();
  player.start(86_400);
  await vi.waitFor(() => expect(player.state().prefilling).toBe(false), 90_000);
  expect(door.ids.length).toBeGreaterThanOrEqual(5000);
  expect(door.ids.length).toBeLessThan(5600);
  player.setSpeed(86_400 * 20);
  await vi.waitFor(() => expect(player.state().finished).toBe(true), 90_000);
  expect(door.ids).toEqual(whole);
  expect(Date.parse(player.state().clock)).toBe(start + ((size - 1) * 90 * day) / size);
});

test('its clock follows the speed, and stands still while paused', async () => {
  const player = newPlayer();
  player.start(86_400);
  await vi.waitFor(() => expect(player.state().prefilling).toBe(false), 90_000);
  const clock = () => Date.parse(player.state().clock);
  const [before, began] = [clock(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const days = (clock() - before) / day;
  const seconds = (performance.now() - began) / 1000;
  expect(days).toBeGreaterThan(seconds * 0.5);
  expect(days).toBeLessThan(seconds * 1.2 + 0.3);
  player.pause();
  await new Promise((resolve) => setTimeout(resolve, 400));
  const standing = clock();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(clock()).toBe(standing);
  player.resume();
  await vi.waitFor(() => expect(clock()).toBeGreaterThan(standing), 90_000);
});

test('a restart goes on where the journal ended; nothing is lost, nothing comes out of order', async () => {
  const first = newPlayer();
  first.start(86_400 * 20);
  await vi.waitFor(() => expect(door.ids.length).toBeGreaterThan(5200), 90_000);
  await first.rest();
  const second = newPlayer();
  expect(second.state().sent).toBe(first.state().sent);
  second.wake();
  await vi.waitFor(() => expect(second.state().finished).toBe(true), 90_000);
  expect([...new Set(door.ids)]).toEqual(whole);
  expect(door.ids.length - size).toBeLessThanOrEqual(2500);
});

test('a district that is gone starts the exercise anew; a door that is away, or has not heard yet, is waited for', async () => {
  const first = newPlayer();
  first.start(86_400);
  await vi.waitFor(() => expect(first.state().prefilling).toBe(false), 90_000);
  await first.rest();
  door.there = false;
  door.ids = [];
  door.failures = 2;
  door.deaf = 2;
  const second = newPlayer();
  second.wake();
  await vi.waitFor(() => expect(door.ids.length).toBeGreaterThanOrEqual(5000), 90_000);
  expect(door.ids).toEqual(whole.slice(0, door.ids.length));
});

test('the controls: lawful steps only, stop throws the district away', async () => {
  const player = newPlayer();
  const app = createDrill({ player, log: silentLog, metrics: createMetrics('drill-test') });
  const post = (body: object) =>
    app.request('/api/drill', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const early = await post({ action: 'pause' });
  expect(early.status).toBe(409);
  expect(((await early.json()) as { next: string[] }).next).toEqual(['start', 'stop']);
  expect((await post({ action: 'speed', speed: 0 })).status).toBe(422);
  expect(((await (await post({ action: 'start', speed: 86_400 })).json()) as { running: boolean }).running).toBe(true);
  await vi.waitFor(() => expect(door.ids.length).toBeGreaterThan(100), 90_000);
  expect((await post({ action: 'pause' })).status).toBe(200);
  expect(player.state()).toMatchObject({ running: true, paused: true, speed: 86_400 });
  expect((await post({ action: 'stop' })).status).toBe(200);
  expect(door.there).toBe(false);
  expect((await (await app.request('/api/drill')).json()) as object).toMatchObject({
    running: false,
    sent: 0,
    district: 'x',
  });
});
