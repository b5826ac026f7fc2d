import type { LockedPackage } from './locked-packages.ts';

/** Which licences packages may have; `allowed-licences.json` says it. */
export interface LicencePolicy {
  /** SPDX ids of what is given away with the product. */
  product: string[];
  /** Further ids, of what only builds and tests. */
  development: string[];
  exceptions: LicenceException[];
}

/** A package whose own word on its licence cannot be taken as it is. */
export interface LicenceException {
  /** Its name; with `*` at the end every name that begins so. */
  package: string;
  /** What it says itself; null: nothing. Another word, and the exception is none any more. */
  names: string | null;
  /** What it is, as SPDX. */
  is: string;
  reason: string;
}

/** What holds of a package, as an SPDX expression: its own word, or the exception's. Undefined: it names none. */
export function licenceOf(one: LockedPackage, { exceptions }: LicencePolicy): string | undefined {
  return exceptions.find((exception) => isOf(one, exception))?.is ?? one.licence;
}

/** A sentence for each package whose licence is not allowed, and for each exception that nothing needs. */
export function licenceFaults(packages: readonly LockedPackage[], policy: LicencePolicy): string[] {
  const product = new Set(policy.product);
  const excepted = (one: LockedPackage) => policy.exceptions.some((exception) => isOf(one, exception));
  const anywhere = new Set([...policy.product, ...policy.development]);
  const refused = packages.flatMap((one) => {
    const licence = licenceOf(one, policy);
    const what = `${one.name} ${one.version} (${one.development ? 'development' : 'product'})`;
    if (licence === undefined) return [`${what} names no licence`];
    const allowed = allowedBy(licence, one.development || excepted(one) ? anywhere : product);
    return allowed ? [] : [`${what}: ${licence} is not allowed`];
  });
  const idle = policy.exceptions
    .filter((exception) => !packages.some((one) => isOf(one, exception)))
    .map(({ package: name, names }) => `the exception for ${name} (${names ?? 'no licence'}) is of no package`);
  return [...new Set([...refused, ...idle])];
}

function isOf(one: LockedPackage, { package: name, names }: LicenceException): boolean {
  const named = name.endsWith('*') ? one.name.startsWith(name.slice(0, -1)) : one.name === name;
  return named && (one.licence ?? null) === names;
}

/**
 * Whether an SPDX expression can be kept with allowed ids alone: of `OR` one may choose, of `AND` all hold. What is no expression (`SEE LICENSE IN …`,
 * a list, an exception with `WITH`) is not allowed.
 *
 * @param expression SPDX 2.3, annex D, without `WITH`
 */
export function allowedBy(expression: string, ids: ReadonlySet<string>): boolean {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const either = (): boolean | undefined => {
    let value = both();
    while (value !== undefined && words[at] === 'OR') {
      at++;
      const other = both();
      value = other === undefined ? undefined : value || other;
    }
    return value;
  };
  const both = (): boolean | undefined => {
    let value = single();
    while (value !== undefined && words[at] === 'AND') {
      at++;
      const other = single();
      value = other === undefined ? undefined : value && other;
    }
    return value;
  };
  const single = (): boolean | undefined => {
    const word = words[at++];
    if (word === undefined || word === ')' || word === 'OR' || word === 'AND') return undefined;
    if (word !== '(') return ids.has(word);
    const inner = either();
    return words[at++] === ')' ? inner : undefined;
  };
  const value = either();
  return at === words.length && value === true;
}
