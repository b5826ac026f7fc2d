import type { ImportKind } from '#contracts/import-kind.ts';
import { subsystems } from '#contracts/subsystem.ts';

const rowKinds = (): ImportKind[] => subsystems().flatMap(({ imports }) => imports ?? []);

/** Every kind of file, as the services declare them. Areas are not rows for themselves: geography checks them against each other, in one piece. */
export const kindNames = (): string[] => ['areas', ...rowKinds().map(({ name }) => name)];

/** Name of the service that declares a kind of file, and keeps its rows; undefined: none does. */
export const serviceOfKind = (kind: string): string | undefined =>
  subsystems().find(({ imports = [] }) => imports.some(({ name }) => name === kind))?.name;

/**
 * The kind of a name.
 * @throws RangeError when no service declares it
 */
export function rowKind(name: string): ImportKind {
  const kind = rowKinds().find((candidate) => candidate.name === name);
  if (!kind) throw new RangeError(`kind "${name}": one of ${kindNames().join(', ')}`);
  return kind;
}
