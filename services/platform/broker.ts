import { setTimeout as sleep } from 'node:timers/promises';
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, errors, type NatsConnection } from '@nats-io/transport-node';
import { brokerAddress } from './broker-address.ts';
import type { Log } from './log.ts';

/** Something that the broker does not let this connection's user do. */
export interface Refusal {
  operation: 'publish' | 'subscription';
  subject: string;
}

/** One connection to NATS with its JetStream doors. */
export interface Broker {
  connection: NatsConnection;
  jetStream: JetStreamClient;
  manager: JetStreamManager;
  /** Copies of each journal that is made by this connection: 1, or 3 in a cluster. */
  replicas: number;
  /** First tokens of every reply subject of this connection: the broker lets nobody else listen there. */
  inboxPrefix: string;
  /** Calls back for each refusal. Returns how to stop that. */
  onRefused: (listener: (refusal: Refusal) => void) => () => void;
  /** Calls back each time the connection is there again after it was lost. Returns how to stop that. */
  onReconnect: (listener: () => void) => () => void;
  close: () => Promise<void>;
}

/**
 * Connects, and keeps on trying for ever: a service outlives its broker and goes on when it is back.
 *
 * @param url of one broker or of the nodes of a cluster (broker-address.ts)
 * @param name of this connection in the broker's own lists, and in the log when the broker refuses something
 * @throws AuthorizationError when the broker does not know the user or the password is not his
 */
export async function openBroker(
  url: string,
  name: string,
  log?: Log,
  { replicas = 1 }: { replicas?: number | undefined } = {},
): Promise<Broker> {
  const { servers, user, password, tls } = brokerAddress(url);
  const inboxPrefix = user && /^[\w-]+$/.test(user) ? `_INBOX.${user}` : '_INBOX';
  const connection = await connect({
    servers,
    ...(tls ? { tls } : {}),
    ...(user === undefined ? {} : { user, pass: password ?? '' }),
    name,
    inboxPrefix,
    maxReconnectAttempts: -1,
    // The broker is on this machine or next door: looking often costs nothing, and people are waiting.
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    pingInterval: 10_000,
    maxPingOut: 2,
  });
  const reconnected = new Set<() => void>();
  const refused = new Set<(refusal: Refusal) => void>();
  const logged = new Set<string>();
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'reconnect') for (const listener of reconnected) listener();
      if (status.type !== 'error' || !(status.error instanceof errors.PermissionViolationError)) continue;
      const { operation, subject } = status.error;
      for (const listener of refused) listener({ operation, subject });
      // Once for each kind of subject: a flood of refused facts is one fault, not a flood of lines.
      const kind = `${operation} ${kindOf(subject)}`;
      if (logged.has(kind)) continue;
      logged.add(kind);
      log?.error({ programme: name, user, operation, subject }, 'the broker refuses this to this programme');
    }
  })();
  const manager = await jetstreamManager(connection, { timeout: 10_000 });
  const listening = <Listener>(listeners: Set<Listener>) => {
    return (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
  };
  return {
    connection,
    jetStream: jetstream(connection, { timeout: 5000 }),
    manager,
    replicas,
    inboxPrefix,
    onReconnect: listening(reconnected),
    onRefused: listening(refused),
    close: async () => {
      // Drain sends what is queued; with the broker gone there is nobody to send to.
      await Promise.race([connection.drain(), sleep(1500, undefined, { ref: false })]);
      if (!connection.isClosed()) await connection.close();
    },
  };
}

/** A subject without its district and key: two districts' refusals are of one kind. */
const kindOf = (subject: string) => {
  const tokens = subject.split('.');
  return tokens[0] === 'vx' ? tokens.slice(2, 4).join('.') : tokens.slice(0, 4).join('.');
};
