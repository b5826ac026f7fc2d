import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  port: number;
  host: string;
  /** Origin of the proxy with TLS by which browsers reach it. */
  behind?: string;
  dataFolder: string;
  /** File or folder of the district to load; undefined: the District 7 pack that ships with the product. */
  district: string | undefined;
  drill: boolean;
  /** False: only the API, no web app is built. */
  web: boolean;
}

export const usage = `npm start -- [options]
  --port N        port of the web app (8080; the next free one when it is taken)
  --host ADDRESS  address to listen on (127.0.0.1); any other needs --behind
  --behind URL    https://… of a proxy with TLS that stands before it, by which browsers reach it
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
        behind: { type: 'string' },
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
  if (!loopback.includes(host) && behind === undefined)
    throw new Error(
      `--host ${host}: passwords and people's records would travel over the network as they are.\n` +
        'Put a proxy with TLS before it and say its address: --behind https://NAME.',
    );
  return {
    port,
    host,
    ...(behind === undefined ? {} : { behind: new URL(behind).origin }),
    dataFolder: values.data ? resolve(callerFolder, String(values.data)) : resolve(root, '.data'),
    district: values.district ? resolve(callerFolder, String(values.district)) : undefined,
    drill: values.drill !== false,
    web: values.web !== false,
  };
}
