import { expect, test } from 'vitest';
import { clientAddress, networkOf } from './client-address.ts';

test.each([
  // Nobody is trusted: the connection counts, whatever a header says.
  ['10.0.0.9', '1.2.3.4', [], '10.0.0.9'],
  ['127.0.0.1', '1.2.3.4', [], '127.0.0.1'],
  ['10.0.0.9', '1.2.3.4', ['10.0.0.1'], '10.0.0.9'],
  // The trusted proxy says whom it speaks for; what the client itself wrote stands before that.
  ['10.0.0.1', '1.2.3.4', ['10.0.0.1'], '1.2.3.4'],
  ['::ffff:10.0.0.1', '1.2.3.4', ['10.0.0.1'], '1.2.3.4'],
  ['10.0.0.1', '6.6.6.6, 1.2.3.4', ['10.0.0.1'], '1.2.3.4'],
  ['10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', ['10.0.0.1', '10.0.0.2'], '1.2.3.4'],
  ['10.0.0.1', '2001:DB8::1', ['10.0.0.1'], '2001:db8::1'],
  // What is no address says nothing.
  ['10.0.0.1', undefined, ['10.0.0.1'], '10.0.0.1'],
  ['10.0.0.1', '', ['10.0.0.1'], '10.0.0.1'],
  ['10.0.0.1', '1.2.3.4, unknown', ['10.0.0.1'], '10.0.0.1'],
  ['10.0.0.1', '10.0.0.1', ['10.0.0.1'], '10.0.0.1'],
])('from %s with %j, trusting %j: %s', (connection, header, trusted, client) => {
  expect(clientAddress(connection, header, trusted)).toBe(client);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:DB8:1:3::9', '2001:db8:1:3::/64'],
  ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
  ['2001:db8:0:1::', '2001:db8:0:1::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['64:ff9b:0:7::203.0.113.7', '64:ff9b:0:7::/64'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['unknown', 'unknown'],
])('the network of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));
