import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { registerPack } from '../../services/geography/district-pack/register-pack.ts';
import { loadDistrict7Pack, loadDistrictPack } from '../../services/geography/district7/pack.ts';
import { Appender } from '../../services/platform/append.ts';
import { openBroker } from '../../services/platform/broker.ts';

/** Writes the district's places to the journal, unless they are there. */
export async function loadDistrict(
  options: { district: string | undefined },
  natsUrl: string,
): Promise<{ name: string; appended: number }> {
  const pack = options.district ? readPack(options.district) : loadDistrict7Pack();
  const broker = await openBroker(natsUrl, 'start');
  const appender = new Appender(broker);
  try {
    const { appended } = await registerPack(appender, broker, pack, {
      clock: 'live',
      exercise: false,
      recordedTime: new Date().toISOString(),
    });
    return { name: pack.district.name.vi, appended };
  } finally {
    appender.close();
    await broker.close();
  }
}

function readPack(path: string) {
  if (!existsSync(path)) throw new Error(`--district ${path}: there is no such file or folder`);
  if (statSync(path).isDirectory()) {
    if (!existsSync(join(path, 'district.json')))
      throw new Error(
        `--district ${path}: a pack folder has a district.json (see services/geography/district7/README.md)`,
      );
    return loadDistrictPack(path);
  }
  throw new Error(
    `--district ${path}: start without it, then load the file with  npm run import -- areas ${path} --district ID --create-district --name NAME`,
  );
}
