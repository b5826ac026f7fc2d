import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './free-port.ts';

async function taken(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
}

test('a port of nobody’s wish is below those of outgoing connections, and not one that is taken', async () => {
  const port = await freePort();
  expect(port).toBeGreaterThanOrEqual(15_000);
  expect(port).toBeLessThan(32_000);
  await taken(port);
  const shares = [(port - 15_000 + 0.5) / 17_000, 0.5];
  const another = await freePort(0, '127.0.0.1', () => shares.shift() ?? 0.25);
  expect(another).not.toBe(port);
});

test('a port that is wished for, else the next one above', async () => {
  const port = await freePort();
  expect(await freePort(port)).toBe(port);
  await taken(port);
  expect(await freePort(port)).toBeGreaterThan(port);
});
