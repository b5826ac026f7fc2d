import { constants, existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Broker } from '../../services/platform/broker.ts';
import { openBroker } from '../../services/platform/broker.ts';
import { holdOnLeash } from './leash.ts';
import { startNats } from './nats.ts';
import { withoutSyncs } from './programs.ts';
import { newSecret } from './secrets.ts';

/** A nats-server of one command alone, and the way to it. */
export interface ScratchBroker {
  broker: Broker;
  stop: () => Promise<void>;
}

/**
 * A private nats-server in a folder of its own below `scratch`, which goes with it.
 *
 * @param store a JetStream store that is copied into it first: nats-server mends what it opens, and the original must stay as it is
 */
export async function scratchBroker(scratch: string, store?: string): Promise<ScratchBroker> {
  const folder = await mkdtemp(join(scratch, 'vung-xanh-journal-'));
  try {
    if (store && existsSync(store))
      await cp(store, join(folder, 'jetstream'), { recursive: true, mode: constants.COPYFILE_FICLONE });
    const user = { user: 'operator', password: newSecret() };
    const nats = await startNats(folder, [user], undefined, withoutSyncs());
    const leash = holdOnLeash({ nats: nats.pid });
    const broker = await openBroker(nats.url.replace('//', `//${user.user}:${user.password}@`), 'scratch');
    return {
      broker,
      stop: async () => {
        leash.release();
        await broker.close();
        await nats.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
