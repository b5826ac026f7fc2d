import forms from 'virtual:forms';
import type { EntryField, EntryForm } from '@vungxanh/services/contracts/entry-form.ts';

export type EntryKind = string;
/** Those of the screen of data entry: what changes an entity is offered on the entity's own page. */
export const entryKindNames: readonly EntryKind[] = forms.flatMap(({ kind, of, alsoByNumber }) =>
  of === undefined || alsoByNumber ? [kind] : [],
);
/** Forms of what can be done with an entity, by its noun. */
export const formsOf = (noun: string): readonly EntryForm[] => forms.filter(({ of }) => of === noun);

/** What a person fills in, by kind; the services check it, not we. */
export const entryFields: Readonly<Record<EntryKind, readonly EntryField[]>> = Object.fromEntries(
  forms.map(({ kind, fields }) => [kind, fields]),
);

export type EntryValues = Record<string, string | number | null | undefined>;

/** With what a form for something new begins. */
export const firstValues = (kind: EntryKind, today: string): EntryValues =>
  Object.fromEntries(formOf(kind).fields.flatMap(({ name, begins }) => (begins ? [[name, today]] : [])));

/** The form of a kind. Throws for a kind that no service declares. */
export function formOf(kind: EntryKind): EntryForm {
  const form = forms.find((candidate) => candidate.kind === kind);
  if (!form) throw new Error(`no form "${kind}"`);
  return form;
}

/** Path and body of the command. Empty fields are not sent: absent and empty are not the same. */
export function entryCommand(
  kind: EntryKind,
  values: EntryValues,
  place: [number, number] | undefined,
  newId: () => string,
): { path: string; body: Record<string, unknown> } {
  const { path, idField, makesId, fields } = formOf(kind);
  const names = fields.map(({ name }) => name);
  const filled = names.flatMap((name) => {
    const value = values[name];
    return value === undefined || value === null || value === '' || path.includes(`{${name}}`) ? [] : [[name, value]];
  });
  return {
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name] ?? '') || '-')),
    body: {
      ...(makesId ? { [idField]: newId() } : {}),
      ...Object.fromEntries(filled),
      ...(place && names.includes('location') ? { location: { lon: place[0], lat: place[1] } } : {}),
    },
  };
}

/** The id that the answer, the body or the form itself gives to what was entered. */
export function savedId(
  kind: EntryKind,
  answer: Record<string, unknown>,
  body: Record<string, unknown>,
  values: EntryValues,
): string {
  const { idField } = formOf(kind);
  return String(answer[idField] ?? body[idField] ?? values[idField] ?? answer.eventId ?? '');
}
