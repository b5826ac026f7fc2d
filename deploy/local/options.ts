import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  port: number;
  host: string;
  /** Origin of the proxy with TLS by which browsers reach it. */
  behind?: string;
  /** Certificate and key of its own, PEM, with the names that the certificate is for. */
  tls?: { cert: string; key: string; names: string[] };
  /** Addresses of proxies whose word of who asks is taken. */
  trustedProxies: string[];
  /** File that names an identity provider. */
  provider?: string;
  /** File that names a carrier of telephone calls. */
  telephony?: string;
  dataFolder: string;
  /** File or folder of the district to load; undefined: the District 7 pack that ships with the product. */
  district: string | undefined;
  drill: boolean;
  /** False: only the API, no web app is built. */
  web: boolean;
}

export const usage = `npm start -- [options]
  --port N        port of the web app (8080; the next free one when it is taken)
  --host ADDRESS  address to listen on (127.0.0.1); any other needs --cert and --key, or --behind
  --behind URL    https://… of a proxy with TLS that stands before it, by which browsers reach it
  --cert FILE     certificate (PEM, with those above it), by which browsers reach --host with TLS
  --key FILE      its private key
  --trust-proxy A address of a proxy that says whom it speaks for (X-Forwarded-For); may be given again
  --provider FILE settings of an OpenID Connect provider by which people sign in
  --telephony FILE settings of a carrier that rings the hotline's telephones
  --data DIR      folder of everything that is kept (.data)
  --district PATH a district pack folder, or a GeoJSON file of areas, instead of District 7
  --no-drill      no exercise
  --no-web        the API only
  --help          this text`;

const loopback = ['127.0.0.1', 'localhost', '::1'];

/** Reads the command line; throws an Error whose message is for the person who typed it. */
export function readOptions(args: string[], root: string, callerFolder: string): StartOptions {
  let values: Record<string, string | boolean | string[] | undefined>;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string' },
        district: { type: 'string' },
        drill: { type: 'boolean', default: true },
        web: { type: 'boolean', default: true },
        behind: { type: 'string' },
        cert: { type: 'string' },
        key: { type: 'string' },
        'trust-proxy': { type: 'string', multiple: true },
        provider: { type: 'string' },
        telephony: { type: 'string' },
      },
      allowNegative: true,
    }));
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${usage}`);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`--port ${values.port}: a whole number from 1 to 65535\n${usage}`);
  const host = String(values.host);
  const behind = values.behind === undefined ? undefined : String(values.behind);
  if (behind !== undefined && !(URL.canParse(behind) && new URL(behind).protocol === 'https:'))
    throw new Error(`--behind ${behind}: https:// and a name\n${usage}`);
  const fileOf = (name: 'cert' | 'key' | 'provider' | 'telephony') =>
    values[name] === undefined ? undefined : resolve(callerFolder, String(values[name]));
  const tls = readCertificate(fileOf('cert'), fileOf('key'));
  const trustedProxies = [values['trust-proxy'] ?? []].flat().map(String);
  for (const address of trustedProxies)
    if (isIP(address) === 0) throw new Error(`--trust-proxy ${address}: an IP address\n${usage}`);
  const provider = fileOf('provider');
  const telephony = fileOf('telephony');
  if (!loopback.includes(host) && behind === undefined && tls === undefined)
    throw new Error(
      `--host ${host}: passwords and people's records would travel over the network as they are.\n` +
        'Give it a certificate (--cert FILE --key FILE), or put a proxy with TLS before it and say its address: --behind https://NAME.',
    );
  return {
    port,
    host,
    ...(behind === undefined ? {} : { behind: new URL(behind).origin }),
    ...(tls === undefined ? {} : { tls }),
    trustedProxies,
    ...(provider === undefined ? {} : { provider }),
    ...(telephony === undefined ? {} : { telephony }),
    dataFolder: values.data ? resolve(callerFolder, String(values.data)) : resolve(root, '.data'),
    district: values.district ? resolve(callerFolder, String(values.district)) : undefined,
    drill: values.drill !== false,
    web: values.web !== false,
  };
}

/** Certificate and key, and what names they are for. @throws Error for the person who typed it: one is missing, they do not belong together, or it is over */
function readCertificate(certPath: string | undefined, keyPath: string | undefined): StartOptions['tls'] {
  if (certPath === undefined && keyPath === undefined) return undefined;
  if (certPath === undefined || keyPath === undefined) throw new Error(`--cert and --key belong together\n${usage}`);
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw new Error((error as Error).message);
    }
  };
  const [cert, key] = [read(certPath), read(keyPath)];
  let certificate: X509Certificate;
  let belongs: boolean;
  try {
    certificate = new X509Certificate(cert);
    belongs = certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    throw new Error(`--cert ${certPath} --key ${keyPath}: a certificate and a private key, PEM`);
  }
  if (!belongs) throw new Error(`--key ${keyPath} is not the key of --cert ${certPath}`);
  if (certificate.validToDate.getTime() <= Date.now())
    throw new Error(`--cert ${certPath} was good until ${certificate.validToDate.toISOString()}`);
  // Names and addresses of the certificate; what stands for many (*.example) is a name of none.
  const names = [...(certificate.subjectAltName ?? '').matchAll(/(?:DNS|IP Address):([^,\s]+)/g)]
    .map(([, name]) => name!.toLowerCase())
    .filter((name) => !name.includes('*'))
    .map((name) => (isIP(name) === 6 ? `[${name}]` : name));
  if (names.length === 0) throw new Error(`--cert ${certPath} is for no name: it needs a subjectAltName`);
  return { cert, key, names };
}
