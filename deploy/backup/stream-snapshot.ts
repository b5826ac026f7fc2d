import { createHash, randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from '@hono/zod-openapi';
import type { Broker } from '../../services/platform/broker.ts';

/** What the broker says of a stream that it gave away whole. */
export interface StreamSnapshot {
  stream: string;
  /** As the broker described them; given back to it at the restore. */
  config: unknown;
  state: unknown;
  bytes: number;
  sha256: string;
}

const patienceMs = 60_000;
const chunkBytes = 128 * 1024;

interface ApiAnswer {
  error?: { description?: string };
  config?: unknown;
  state?: unknown;
  deliver_subject?: string;
}

/**
 * Writes a stream to a file as the broker gives it away: every message with its sequence, time and headers. The file is synced.
 *
 * @throws when the broker refuses, falls silent for a minute, or breaks off
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-1.md and nats-server's jetstream_api.go (io.nats.jetstream.api.v1.stream_snapshot_request)
 */
export async function takeSnapshot(broker: Broker, stream: string, path: string): Promise<StreamSnapshot> {
  const { connection } = broker;
  const subject = `${broker.inboxPrefix}.${randomUUID().replaceAll('-', '')}`;
  const chunks = connection.subscribe(subject);
  const file = await open(path, 'wx', 0o600);
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => chunks.unsubscribe(), patienceMs);
  };
  try {
    const request = { deliver_subject: subject, no_consumers: true, chunk_size: chunkBytes };
    const asked = await connection.request(`$JS.API.STREAM.SNAPSHOT.${stream}`, JSON.stringify(request), {
      timeout: patienceMs,
    });
    const { error, config, state } = asked.json<ApiAnswer>();
    if (error) throw new Error(`${stream}: the broker gives no snapshot: ${error.description}`);
    const hash = createHash('sha256');
    let bytes = 0;
    let whole = false;
    wait();
    for await (const chunk of chunks) {
      wait();
      if (chunk.data.length === 0) {
        const code = chunk.headers?.code ?? 0;
        if (code >= 400) throw new Error(`${stream}: the snapshot was broken off: ${chunk.headers?.description}`);
        whole = true;
        break;
      }
      await file.write(chunk.data);
      hash.update(chunk.data);
      bytes += chunk.data.length;
      // The broker sends on when it is told so.
      chunk.respond();
    }
    if (!whole) throw new Error(`${stream}: the broker was silent for a minute in the middle of a snapshot`);
    await file.sync();
    return { stream, config, state, bytes, sha256: hash.digest('hex') };
  } finally {
    clearTimeout(timer);
    chunks.unsubscribe();
    await file.close();
  }
}

/**
 * A broker that syncs always writes and syncs each message of a piece before it answers, and is deaf meanwhile, to pings too: 128 KB packed held 1,900 messages, which took
 * 2.6 s, and where a sync takes ten times as long the connection was given up for dead in the middle (measured 2026-11-30). A piece of this size holds some sixty.
 */
const givenBytes = 4096;

type Given = Pick<StreamSnapshot, 'stream' | 'config' | 'state'>;

/**
 * Gives a stream back to a broker that does not have it. nats-server 2.15.1 may have read the end of the archive before the last piece comes, and answers that piece with
 * "closed pipe": then the stream is there, or it is given again.
 *
 * @throws when the broker refuses it, or it is damaged
 */
export async function giveBack(broker: Broker, given: Given, path: string): Promise<void> {
  const deadline = Date.now() + openingMs;
  for (let attempt = 1; ; ) {
    try {
      return await giveOnce(broker, given, path);
    } catch (error) {
      const said = (error as Error).message;
      // It is still opening what it had been given when it is asked again: that takes as long as it takes.
      const opening = attempt > 1 && /already in use/.test(said);
      if (!opening && !/closed pipe/.test(said)) throw error;
      if (await isThereWhole(broker, given)) return;
      if (opening ? Date.now() > deadline : attempt++ === mostAttempts) throw error;
    }
  }
}

const mostAttempts = 5;
/** A journal of 77 MB was opened at 900 events a second on a machine with ten times the work that it can do. */
const openingMs = 15 * 60_000;
/** On a busy machine opening a journal took more than three seconds. */
const settledMs = 20_000;

/** The broker has the stream with every message that the snapshot has; asked for a moment, for it may still be opening it. */
async function isThereWhole({ connection }: Broker, { stream, state }: Given): Promise<boolean> {
  const wanted = z.object({ messages: z.number(), first_seq: z.number(), last_seq: z.number() });
  const said = wanted.parse(state);
  for (const deadline = Date.now() + settledMs; Date.now() < deadline; await sleep(100)) {
    const answer = await connection.request(`$JS.API.STREAM.INFO.${stream}`, '', { timeout: patienceMs });
    const found = wanted.safeParse(answer.json<ApiAnswer>().state);
    if (found.success && isDeepStrictEqual(found.data, said)) return true;
  }
  return false;
}

async function giveOnce(broker: Broker, { stream, config, state }: Given, path: string): Promise<void> {
  const { connection } = broker;
  const ask = async (subject: string, data: Uint8Array | string) => {
    const answer = await connection.request(subject, data, { timeout: patienceMs });
    const said: ApiAnswer = answer.data.length ? answer.json<ApiAnswer>() : {};
    if (said.error) throw new Error(`${stream}: the broker does not take it back: ${said.error.description}`);
    return said;
  };
  const { deliver_subject: subject } = await ask(`$JS.API.STREAM.RESTORE.${stream}`, JSON.stringify({ config, state }));
  if (!subject) throw new Error(`${stream}: the broker does not say where it takes it back`);
  const file = await open(path, 'r');
  try {
    const piece = Buffer.alloc(givenBytes);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, givenBytes);
      if (bytesRead === 0) break;
      await ask(subject, Buffer.from(piece.subarray(0, bytesRead)));
    }
    await ask(subject, '');
  } finally {
    await file.close();
  }
}
