import { expect, test } from 'vitest';
import { brokerAddress } from './broker-address.ts';

test('one node, with and without a user', () => {
  expect(brokerAddress('nats://127.0.0.1:4222')).toEqual({ servers: ['nats://127.0.0.1:4222'] });
  expect(brokerAddress('nats://ml:a%40b@127.0.0.1:4222')).toEqual({
    servers: ['nats://127.0.0.1:4222'],
    user: 'ml',
    password: 'a@b',
  });
});

test('the nodes of a cluster, each of them; the user stands with the first, or with all', () => {
  const servers = ['nats://n1:4222', 'nats://n2:4222', 'nats://n3:4222'];
  expect(brokerAddress(servers.join(','))).toEqual({ servers });
  const signedIn = { servers, user: 'ml', password: 's' };
  expect(brokerAddress('nats://ml:s@n1:4222, nats://n2:4222,nats://n3:4222')).toEqual(signedIn);
  expect(brokerAddress('nats://ml:s@n1:4222,nats://ml:s@n2:4222,nats://ml:s@n3:4222')).toEqual(signedIn);
});

test('two users, or TLS for some of the nodes, are no cluster; the message shows no password', () => {
  expect(() => brokerAddress('nats://ml:geheim@n1,nats://live:geheim@n2')).toThrow(
    /several users.*nats:\/\/n1, nats:\/\/n2$/,
  );
  expect(() => brokerAddress('tls://ml:geheim@n1,nats://n2')).toThrow(/TLS.*tls:\/\/n1, nats:\/\/n2$/);
});

test('TLS by the scheme, with an authority of its own', () => {
  expect(brokerAddress('tls://n1:4222,tls://n2:4222')).toEqual({
    servers: ['tls://n1:4222', 'tls://n2:4222'],
    tls: {},
  });
  expect(brokerAddress('tls://ml:s@n1:4222?ca=/etc/nats/ca.pem,tls://n2:4222').tls).toEqual({
    caFile: '/etc/nats/ca.pem',
  });
});
