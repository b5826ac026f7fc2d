// node services/main.ts NAME: runs one service of the list.
import { existsSync } from 'node:fs';
import { personParameter, personsIn } from './contracts/access/persons.ts';
import { frontDoor, productPermit } from './contracts/access/product-permit.ts';
import { needsKeys, sealingBy } from './contracts/seal-event.ts';
import { folderOf } from './contracts/subsystem.ts';
import { loadDefinition } from './load-definition.ts';
import { vouchedFor } from './platform/sealed-caller.ts';
import { startService } from './platform/service.ts';
import { serviceNamed } from './services.ts';
import { smallCellsOf } from './small-cells.ts';

// Whoever started us is gone: run.ts stops everything in order, once it runs; what hangs before that, or in it, ends here.
process.on('disconnect', () => setTimeout(() => process.exit(1), 10_000).unref());

const service = serviceNamed(process.argv[2] ?? '');
// A service that needs more than rows and routes starts itself.
const own = new URL(`./${folderOf(service)}/main.ts`, import.meta.url);
if (existsSync(own)) await import(own.href);
else
  await startService(await loadDefinition(service), {
    permitBy: (secret) => productPermit(vouchedFor(secret)),
    frontDoor: JSON.stringify(frontDoor),
    personsIn,
    personParameter,
    smallCellsOf,
    ...(needsKeys(service.name) ? { sealingBy } : {}),
  });
