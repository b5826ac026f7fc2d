import type { Words } from './words.ts';

export interface EntryField {
  name: string;
  type: 'date' | 'number' | 'text' | 'longText' | 'choice' | 'area' | 'place';
  required?: boolean;
  /** Values of a choice, as the command wants them. */
  options?: readonly (string | number)[];
  /** Heading of the box; left out: the words of the field. */
  words?: Words;
}

/** What a person fills in, and the command that it becomes. The service checks it, not the form. */
export interface EntryForm {
  kind: string;
  words: Words;
  /** Address of the command; `{field}` is replaced by what was filled in, which then is not in the body. */
  path: string;
  /** Field of the answer that names the entity. */
  idField: string;
  /** The body brings a new id under `idField`. */
  makesId?: true;
  /** Feed whose words the values of choices have. */
  feed: string;
  fields: readonly EntryField[];
}
