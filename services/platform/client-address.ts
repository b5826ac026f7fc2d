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

/**
 * The network that limits and tries are counted by: an IPv4 address itself; of IPv6 the first 64 bits, as whoever has one address there has 2⁶⁴ of them (RFC 6177). What
 * is no address is itself. Pure.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address).replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  const [before = '', after] = plain.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [head, tail] = [groups(before), groups(after ?? '')];
  // The last group may be an IPv4 address: two groups.
  const length = (list: readonly string[]) => list.length + (list.at(-1)?.includes('.') ? 1 : 0);
  const zeros = after === undefined ? 0 : 8 - length(head) - length(tail);
  const whole = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
