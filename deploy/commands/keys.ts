// npm run keys -- status | rotate [--data DIR]: the keys by which persons are sealed.
import { parseArgs } from 'node:util';
import { personKeysIn, rotateMaster } from '../../services/platform/person-keys.ts';
import { dataFolder, helpAsked, main } from './product.ts';

helpAsked(`npm run keys -- status | rotate [options]

What says who a person is stands sealed in the journal. The keys lie in DIR/keys, wrapped by the secret in DIR/keys/master, or in VX_MASTER_KEY.

  status       whether the keys can be used; how many pages of keys there are, how many keys were destroyed
  rotate       wraps all keys by a new secret, while the product runs. Where VX_MASTER_KEY has the old one, VX_NEW_MASTER_KEY gives the new one
               (32 bytes as base64url), and the product is to be started anew with it: until then it takes no facts about persons

  --data DIR   the data folder (.data)
  --help       this text`);

class Refused extends Error {}

await main(
  async () => {
    const { values, positionals } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true });
    const environment = { VX_DATA: dataFolder(values.data), VX_MASTER_KEY: process.env.VX_MASTER_KEY || undefined };
    const [action = 'status'] = positionals;
    if (action === 'rotate') {
      const pages = rotateMaster(environment, process.env.VX_NEW_MASTER_KEY);
      process.stdout.write(`${pages} pages of keys are wrapped by a new secret\n`);
      return;
    }
    if (action !== 'status') throw new Refused(`${action}: one of status, rotate`);
    const keys = personKeysIn(environment);
    const { pages, destroyed } = keys.status();
    process.stdout.write(
      `${JSON.stringify({ usable: keys.fault === undefined, fault: keys.fault, pages, destroyed })}\n`,
    );
    if (keys.fault !== undefined) process.exitCode = 1;
    keys.close();
  },
  (error) => error instanceof Refused || (error as Error).message.includes('keys'),
);
