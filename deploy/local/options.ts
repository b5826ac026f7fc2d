import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  port: number;
  host: string;
  dataFolder: string;
  /** File or folder of the district to load; undefined: the District 7 pack that ships with the product. */
  district: string | undefined;
  drill: boolean;
  /** False: only the API, no web app is built. */
  web: boolean;
}

export const usage = `npm start -- [options]
  --port N        port of the web app (8080; the next free one when it is taken)
  --host ADDRESS  address to listen on (127.0.0.1); any other needs --i-know-there-is-no-sign-in
  --data DIR      folder of everything that is kept (.data)
  --district PATH a district pack folder, or a GeoJSON file of areas, instead of District 7
  --no-drill      no exercise
  --no-web        the API only
  --help          this text`;

const loopback = ['127.0.0.1', 'localhost', '::1'];

/** Reads the command line; throws an Error whose message is for the person who typed it. */
export function readOptions(args: string[], root: string, callerFolder: string): StartOptions {
  let values: Record<string, string | boolean | undefined>;
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
        'i-know-there-is-no-sign-in': { type: 'boolean', default: false },
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
  if (!loopback.includes(host) && !values['i-know-there-is-no-sign-in'])
    throw new Error(
      `--host ${host}: there is no sign-in yet, so anybody who reaches this address reads and writes everything, people's records too.\n` +
        'If that is what you want (a closed network, an exercise), add --i-know-there-is-no-sign-in.',
    );
  return {
    port,
    host,
    dataFolder: values.data ? resolve(callerFolder, String(values.data)) : resolve(root, '.data'),
    district: values.district ? resolve(callerFolder, String(values.district)) : undefined,
    drill: values.drill !== false,
    web: values.web !== false,
  };
}
