import { chain } from './chain/declaration.ts';
import { citizens } from './citizens/declaration.ts';
import { registerSubsystems, type Subsystem } from './contracts/subsystem.ts';
import { drill } from './drill/declaration.ts';
import { economy } from './economy/declaration.ts';
import { epidemic } from './epidemic/declaration.ts';
import { geography } from './geography/declaration.ts';
import { hotline } from './hotline/declaration.ts';
import { identity } from './identity/declaration.ts';
import { incidents } from './incidents/declaration.ts';
import { intake } from './intake/declaration.ts';
import { levels } from './levels/declaration.ts';
import { live } from './live/declaration.ts';
import { officials } from './officials/declaration.ts';
import { outlook } from './outlook/declaration.ts';
import { urbanOrder } from './urban-order/declaration.ts';

/**
 * THE list: every service there is, in the order in which schemas are made (geography first: others read its views). Migrations, projections, rebuild
 * stages, gateway prefixes, access, broker's and database's users, local start, benches, the importer's kinds and the web's layers are read from it.
 * A service that is not here does not exist. Pure: no service's code is loaded.
 */
export const services: readonly Subsystem[] = registerSubsystems([
  geography,
  epidemic,
  urbanOrder,
  economy,
  incidents,
  hotline,
  citizens,
  officials,
  outlook,
  levels,
  intake,
  drill,
  identity,
  chain,
  live,
]);

/** The declaration of a programme. Throws for a name that the list does not have. */
export function serviceNamed(name: string): Subsystem {
  const found = services.find((service) => service.name === name);
  if (!found) throw new Error(`no service "${name}"; there are ${services.map((service) => service.name).join(', ')}`);
  return found;
}
