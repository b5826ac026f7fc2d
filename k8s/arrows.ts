import { existsSync, readFileSync } from 'node:fs';
import { needsKeys } from '../services/contracts/seal-event.ts';
import { folderOf, type Subsystem } from '../services/contracts/subsystem.ts';
import { serviceNamed, services } from '../services/services.ts';

/** Keeps the ledger of who saw whom, and knows who asks. */
const identity = 'identity';
/** Tells what districts there are, and their areas. */
const geography = 'geography';

/**
 * Services that a service asks by HTTP. The front door passes requests on to everybody; the door asks what places there are, what a change is of, what the services of
 * its kinds of files have heard, and where an entity with a point lies; the exercise posts to the door. All write to the ledger. Pure.
 *
 * @param name of services/services.ts
 */
export function asksOf(name: string): string[] {
  const others = (list: readonly Pick<Subsystem, 'name'>[]) => list.map((one) => one.name);
  const asked: Record<string, string[]> = {
    live: others(services),
    intake: [
      geography,
      'epidemic',
      ...others(
        services.filter(({ imports = [], feeds = [] }) => imports.length > 0 || feeds.some(({ points }) => points)),
      ),
    ],
    drill: ['intake', geography],
  };
  const all = new Set([identity, ...(asked[name] ?? [])]);
  all.delete(name);
  return others(services).filter((one) => all.has(one));
}

/** Services that ask a service. */
export const askersOf = (name: string): string[] =>
  services.map((one) => one.name).filter((one) => asksOf(one).includes(name));

/** The programme of a service that starts itself; undefined: services/main.ts is all of it. */
export function ownProgramme(name: string): string | undefined {
  const file = new URL(`../services/${folderOf(serviceNamed(name))}/main.ts`, import.meta.url);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Whether a service keeps something on the common disk: the keys of persons, or files of its own. */
export const usesDisk = (name: string): boolean =>
  needsKeys(name) || (ownProgramme(name)?.includes('VX_DATA') ?? false);
