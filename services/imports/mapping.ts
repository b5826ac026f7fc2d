import type { ImportKind } from '#contracts/import-kind.ts';
import type { Mapping } from './row-reader.ts';
import { plainText } from './values/plain-text.ts';

/** The caller's mapping does not fit the file or the kind: each reason names field and column. */
export class MappingError extends Error {
  readonly reasons: string[];

  constructor(reasons: string[]) {
    super(reasons.join('; '));
    this.name = 'MappingError';
    this.reasons = reasons;
  }
}

/** field → column, as told; `set` gives a field the same value on every row; an empty column takes a guess back. */
export interface Told {
  map?: Record<string, string>;
  set?: Record<string, string>;
}

/**
 * Which column each field is read from: what the caller says, then the first of the field's names that a column bears. A column serves one
 * field. Fields come in the order of the kind.
 *
 * @throws MappingError for a column or field that is not there, or a required field that has no column
 */
export function mapColumns(kind: ImportKind, columns: string[], told: Told = {}, points = false): Mapping {
  const reasons: string[] = [];
  const fieldNames = new Set(kind.fields.map(({ name }) => name));
  for (const field of [...Object.keys(told.map ?? {}), ...Object.keys(told.set ?? {})])
    if (!fieldNames.has(field))
      reasons.push(`${kind.name} has no field "${field}"; it has ${[...fieldNames].join(', ')}`);
  const mapping: Mapping = new Map();
  for (const [field, constant] of Object.entries(told.set ?? {})) mapping.set(field, { constant });
  for (const [field, name] of Object.entries(told.map ?? {})) {
    if (name === '') continue;
    const column =
      columns.indexOf(name) >= 0
        ? columns.indexOf(name)
        : columns.findIndex((known) => plainText(known) === plainText(name));
    if (column < 0) reasons.push(`no column "${name}" for ${field}; the columns are ${columns.join(', ')}`);
    else mapping.set(field, { column });
  }
  guess(kind, columns, told, mapping);
  for (const { name, required } of kind.fields)
    if (required && !mapping.has(name))
      reasons.push(`no column for ${name}: say --map ${name}=COLUMN or --set ${name}=VALUE`);
  for (const group of kind.oneOf ?? [])
    if (!group.some((name) => mapping.has(name))) reasons.push(`a column for one of ${group.join(', ')} is needed`);
  if (mapping.has('longitude') !== mapping.has('latitude') && !points)
    reasons.push('longitude and latitude need a column each');
  if (reasons.length) throw new MappingError(reasons);
  return new Map(kind.fields.filter(({ name }) => mapping.has(name)).map(({ name }) => [name, mapping.get(name)!]));
}

function guess(kind: ImportKind, columns: string[], told: Told, mapping: Mapping): void {
  const plain = columns.map(plainText);
  const taken = new Set([...mapping.values()].flatMap((from) => ('column' in from ? [from.column] : [])));
  for (const { name, columns: names } of kind.fields) {
    if (mapping.has(name) || told.map?.[name] === '') continue;
    const column = [plainText(name.replace(/([A-Z])/g, ' $1')), ...names]
      .map((candidate) => plain.findIndex((known, index) => known === candidate && !taken.has(index)))
      .find((index) => index >= 0);
    if (column === undefined) continue;
    taken.add(column);
    mapping.set(name, { column });
  }
}
