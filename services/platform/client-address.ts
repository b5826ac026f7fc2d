import { isIP } from 'node:net';

/** As it is compared and kept: an IPv4 address that came by an IPv6 socket is the IPv4 address (RFC 4291, 2.5.5.2). */
export const plainAddress = (address: string): string =>
  address
    .trim()
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .toLowerCase();

/**
 * The address of who asks. A proxy that is trusted says whom it speaks for, each one adding at the end whom it was asked by; what stands before the last one that is
 * not trusted anybody may have written. Pure.
 *
 * @param connection address that the connection comes from @param forwardedFor the header `X-Forwarded-For` @param trusted addresses of proxies
 */
export function clientAddress(
  connection: string,
  forwardedFor: string | undefined,
  trusted: readonly string[],
): string {
  let client = plainAddress(connection);
  const said = (forwardedFor ?? '').split(',').map(plainAddress);
  while (trusted.includes(client)) {
    const before = said.pop();
    if (before === undefined || isIP(before) === 0) return client;
    client = before;
  }
  return client;
}
