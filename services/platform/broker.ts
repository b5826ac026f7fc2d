import { setTimeout as sleep } from 'node:timers/promises';
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';

/** One connection to NATS with its JetStream doors. */
export interface Broker {
  connection: NatsConnection;
  jetStream: JetStreamClient;
  manager: JetStreamManager;
  /** Calls back each time the connection is there again after it was lost. Returns how to stop that. */
  onReconnect: (listener: () => void) => () => void;
  close: () => Promise<void>;
}

/** Connects, and keeps on trying for ever: a service outlives its broker and goes on when it is back. */
export async function openBroker(url: string, name: string): Promise<Broker> {
  const connection = await connect({
    servers: url,
    name,
    maxReconnectAttempts: -1,
    // The broker is on this machine or next door: looking often costs nothing, and people are waiting.
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    pingInterval: 10_000,
    maxPingOut: 2,
  });
  const listeners = new Set<() => void>();
  void (async () => {
    for await (const status of connection.status())
      if (status.type === 'reconnect') for (const listener of listeners) listener();
  })();
  const manager = await jetstreamManager(connection, { timeout: 10_000 });
  return {
    connection,
    jetStream: jetstream(connection, { timeout: 10_000 }),
    manager,
    onReconnect: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      // Drain sends what is queued; with the broker gone there is nobody to send to.
      await Promise.race([connection.drain(), sleep(1500, undefined, { ref: false })]);
      if (!connection.isClosed()) await connection.close();
    },
  };
}
