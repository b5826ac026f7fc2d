import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

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
