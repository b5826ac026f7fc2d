import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryCertificate } from '../../services/platform/testing/certificate.ts';
import { readOptions } from './options.ts';

const read = (...args: string[]) => readOptions(args, '/product', '/caller');
let certificate: ReturnType<typeof temporaryCertificate>;
let other: ReturnType<typeof temporaryCertificate>;
beforeAll(() => {
  certificate = temporaryCertificate('DNS:Centre.example,DNS:*.example,IP:10.0.0.5,IP:::1');
  other = temporaryCertificate('DNS:*.example');
});
afterAll(() => {
  certificate.remove();
  other.remove();
});

describe('beyond loopback', () => {
  test('nothing is reached without TLS', () => {
    expect(() => read('--host', '0.0.0.0')).toThrow('--cert FILE --key FILE');
    expect(read('--host', '0.0.0.0', '--behind', 'https://centre.example/x').behind).toBe('https://centre.example');
    for (const host of ['127.0.0.1', 'localhost', '::1']) expect(read('--host', host).tls).toBeUndefined();
  });

  test('the names of the certificate are those of the product', () => {
    const { tls } = read('--host', '0.0.0.0', '--cert', certificate.certPath, '--key', certificate.keyPath);
    expect(tls?.names).toEqual(['centre.example', '10.0.0.5', '[0:0:0:0:0:0:0:1]']);
    expect(tls?.key).toBe(certificate.key);
  });

  test('a certificate without its key, with another’s, of no name, or none at all, is said before anything starts', () => {
    const { certPath, keyPath } = certificate;
    expect(() => read('--cert', certPath)).toThrow('belong together');
    expect(() => read('--cert', certPath, '--key', other.keyPath)).toThrow('is not the key of');
    expect(() => read('--cert', other.certPath, '--key', other.keyPath)).toThrow('no name');
    expect(() => read('--cert', keyPath, '--key', certPath)).toThrow('PEM');
    expect(() => read('--cert', '/nowhere', '--key', keyPath)).toThrow('/nowhere');
  });
});

test('a trusted proxy is an address', () => {
  expect(read().trustedProxies).toEqual([]);
  expect(read('--trust-proxy', '10.0.0.1', '--trust-proxy', '::1').trustedProxies).toEqual(['10.0.0.1', '::1']);
  expect(() => read('--trust-proxy', 'proxy.example')).toThrow('an IP address');
});
