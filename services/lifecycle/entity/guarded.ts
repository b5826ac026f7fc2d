import type { Caller } from '#platform/permission.ts';
import type { Entity } from './entity.ts';

/** Who asks, as the routes of a service have him. An app that asks nobody who he is has no caller. */
interface Asked {
  var: { caller?: Caller | undefined };
}

/** Fields of an entity that who asks is not shown in a district. */
export function withheldFields(
  { guarded, dataClass }: Entity,
  { var: { caller } }: Asked,
  district: string,
): readonly string[] {
  if (!guarded || (caller?.may(guarded.action, dataClass, { district }) ?? true)) return [];
  return guarded.fields;
}

/** A row without the values of fields: null, as where nothing was said. */
export const without = <Row extends object>(row: Row, fields: readonly string[]): Row =>
  fields.length === 0
    ? row
    : { ...row, ...Object.fromEntries(fields.filter((field) => field in row).map((field) => [field, null])) };

/** Events without what they said of fields. */
export const historyWithout = <Entry extends { data: Record<string, unknown> }>(
  history: readonly Entry[],
  fields: readonly string[],
): Entry[] =>
  history.map((entry) => ({
    ...entry,
    data: Object.fromEntries(Object.entries(entry.data).filter(([field]) => !fields.includes(field))),
  }));
