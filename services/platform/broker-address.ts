/** Where the broker is, and as whom one signs in there. */
export interface BrokerAddress {
  /** Each without a user: no message about an address shows a password. One that does not answer is passed over. */
  servers: string[];
  user?: string;
  password?: string;
  /** Certificates that are believed, PEM; left out: those of the system. */
  tls?: { caFile?: string };
}

/**
 * The addresses of a broker: `nats://USER:PASSWORD@HOST:PORT`, or several with commas between them for the nodes of a cluster. `tls://` asks for TLS, with
 * `?ca=FILE` for an authority of one's own. User and password stand with the first of them. What is no URL is left to the client, which says what is wrong with it. Pure.
 *
 * @throws Error when the nodes are told of as different users, or only some of them with TLS
 */
export function brokerAddress(urls: string): BrokerAddress {
  const parts = urls
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const parsed = parts.map((part) => (URL.canParse(part) ? new URL(part) : undefined));
  const servers = parts.map((part, index) => {
    const url = parsed[index];
    return url?.host ? `${url.protocol}//${url.host}` : part;
  });
  const told = parsed.filter((url) => url?.username);
  const [first] = told;
  if (told.some((url) => url!.username !== first!.username || url!.password !== first!.password))
    throw new Error(`NATS_URL names several users for one cluster: ${servers.join(', ')}`);
  const withTls = parsed.filter((url) => url?.protocol === 'tls:');
  if (withTls.length > 0 && withTls.length < parts.length)
    throw new Error(`NATS_URL asks some nodes for TLS and others not: ${servers.join(', ')}`);
  const caFile = parsed.map((url) => url?.searchParams.get('ca')).find(Boolean);
  return {
    servers,
    ...(first ? { user: decodeURIComponent(first.username), password: decodeURIComponent(first.password) } : {}),
    ...(withTls.length > 0 || caFile ? { tls: caFile ? { caFile } : {} } : {}),
  };
}
