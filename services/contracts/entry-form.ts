import type { Words } from './words.ts';

/** Where the values of a field are listed: `{ [list]: { [value], words }[] }`. */
export interface ListedAt {
  address: string;
  list: string;
  value: string;
}

export interface EntryField {
  name: string;
  type: 'date' | 'instant' | 'number' | 'text' | 'longText' | 'choice' | 'area' | 'place';
  required?: boolean;
  /** Values of a choice, as the command wants them. */
  options?: readonly (string | number)[];
  /** Of a line of text: what there is to choose from is asked for, as a list of values with their words; left out: anything is typed. */
  listedAt?: ListedAt;
  /** Heading of the box; left out: the words of the field. */
  words?: Words;
  /** Of a choice: the lawful next statuses of the entity alone are offered. */
  lawfulOnly?: true;
  /** The value with which the box of a new entry begins: the day of the district's clock. */
  begins?: 'today';
  /** What is known under another name. */
  knownAs?: string;
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
  /** Noun of the entity that it changes: it is offered on the page of the entity, which fills in its id. Left out: it makes something known. */
  of?: string;
  /** The lawful step that it takes; left out: it is lawful in every status. */
  step?: string;
  /** Of a step: the statuses in which it is lawful. */
  after?: readonly string[];
  /** Its boxes begin with what is known. `changed`: only what differs from it is said; `whole`: all is said again. Left out: they begin empty. */
  begins?: 'changed' | 'whole';
  /** A form of an entity that is on the screen of data entry too, where its id is typed. */
  alsoByNumber?: true;
}
