/** One of several programs that answer the same. */
export interface Backend {
  name: string;
  port: number;
  /** Where its health is asked; left out: at `port`. */
  healthPort?: number;
}

/** An address of the entry, and who answers behind it. */
export interface Entry {
  name: string;
  /** Port of the entry on loopback. */
  port: number;
  /** What is passed on: HTTP, or bytes of any protocol. */
  mode: 'http' | 'tcp';
  /** Method and path that a backend answers with 200 when it may be asked. */
  health: readonly ['GET' | 'OPTIONS', string];
  backends: readonly Backend[];
}

/** A backend that missed two questions, half a second apart, is asked no more; who was connected to it is let go, to come back to another. */
const checked = 'check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions';

/**
 * The configuration of HAProxy: requests of an entry go to its healthy backends in turn; what could not be handed over goes to another one. Pure.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html
 */
export function haproxyConfig(entries: readonly Entry[], runsAs?: string): string {
  const listens = entries.map(
    ({ name, port, mode, health, backends }) => `
listen ${name}
  bind 127.0.0.1:${port}
  mode ${mode}
  balance roundrobin
  option httpchk
  http-check send meth ${health[0]} uri ${health[1]} hdr Host localhost
  http-check expect status 200
${backends
  .map(
    (one) =>
      `  server ${one.name} 127.0.0.1:${one.port} ${checked}${one.healthPort === undefined ? '' : ` port ${one.healthPort}`}`,
  )
  .join('\n')}
`,
  );
  return `global
  log stderr format raw local0 notice
  maxconn 8000
${runsAs === undefined ? '' : `  user ${runsAs}\n`}
defaults
  log global
  timeout connect 2s
  # A stream of news is open for as long as somebody looks, a connection to the database for as long as a service lives.
  timeout client 1h
  timeout server 1h
  timeout check 2s
  retries 3
  retry-on conn-failure
  option redispatch 1
${listens.join('')}`;
}
