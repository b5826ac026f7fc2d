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

/** Small: the broker is deaf while it works on one. */
const givenBytes = 16 * 1024;

type Given = Pick<StreamSnapshot, 'stream' | 'config' | 'state'>;

/** The broker broke off what was given to it, more than once. */
export class TooSlowToGive extends Error {}

/**
 * Gives a stream back to a broker that does not have it.
 *
 * nats-server 2.15.1 writes what it is given while it takes it, and looks on it as stalled when it is 5 s over a piece (`activityInterval` in processStreamRestore): it answers
 * "closed pipe", and keeps what it has so far under the stream's name. It answers the same when it had read the end of the archive before the last piece came; then the stream is
 * there. Which of the two it was is seen by what it has in the end; half a stream is taken away, and given again. The archive's own blocks are up to 1 MB, a thousand events: a
 * broker that syncs each of them is too slow where one takes more than some 4 ms.
 *
 * @param settledMs a broker that still writes has more each time it is asked; one that has nothing more for so long is at its end
 * @throws TooSlowToGive when it breaks off each time; another error when the broker refuses it, or it is damaged
 */
export async function giveBack(
  broker: Pick<Broker, 'connection'>,
  given: Given,
  path: string,
  settledMs = 20_000,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await giveOnce(broker, given, path);
    } catch (error) {
      if (!/closed pipe|is stalled/.test((error as Error).message)) throw error;
      if (await isThereWhole(broker, given, settledMs)) return;
      // Nobody had it before it was given: a name that is taken is refused with other words.
      await broker.connection.request(`$JS.API.STREAM.DELETE.${given.stream}`, '', { timeout: patienceMs });
      if (attempt === mostAttempts)
        throw new TooSlowToGive(
          `${given.stream}: the broker is over 5 s on a piece of it, and breaks off. Stop the product there and start the command again: its broker then does not sync each event until it has all of them`,
        );
    }
  }
}

const mostAttempts = 3;
/** The broker has the stream with every message that the snapshot has, in the end. */
async function isThereWhole(
  { connection }: Pick<Broker, 'connection'>,
  { stream, state }: Given,
  settledMs: number,
): Promise<boolean> {
  const wanted = z.object({ messages: z.number(), first_seq: z.number(), last_seq: z.number() });
  const said = wanted.parse(state);
  let messages = -1;
  for (let deadline = Date.now() + settledMs; Date.now() < deadline; await sleep(100)) {
    const answer = await connection.request(`$JS.API.STREAM.INFO.${stream}`, '', { timeout: patienceMs });
    const found = wanted.safeParse(answer.json<ApiAnswer>().state);
    if (!found.success) continue;
    if (isDeepStrictEqual(found.data, said)) return true;
    if (found.data.messages > messages) deadline = Date.now() + settledMs;
    messages = found.data.messages;
  }
  return false;
}

async function giveOnce(
  broker: Pick<Broker, 'connection'>,
  { stream, config, state }: Given,
  path: string,
): Promise<void> {
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
