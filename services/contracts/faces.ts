import { eventDefinitions } from './catalogue.ts';
import type { PointLayer } from './define-feed.ts';
import type { EntryForm } from './entry-form.ts';
import { allFeeds } from './feeds.ts';
import type { FieldType, ImportKind, Withdrawal } from './import-kind.ts';
import { type FigureFace, subsystems } from './subsystem.ts';
import type { Words } from './words.ts';

/** How services and their facts are shown to people: what a screen needs of the declarations, as plain data. */
export interface Faces {
  services: { name: string; words: Words; figures: readonly FigureFace[]; feeds: string[] }[];
  feeds: {
    name: string;
    words: Words;
    layerWords: Words;
    points?: PointLayer;
    values: Readonly<Record<string, Words>>;
  }[];
  /** Line of a ticker, by event type. */
  events: Record<string, Words>;
  fields: Record<string, Words>;
  units: Record<string, Words>;
  forms: readonly EntryForm[];
  imports: {
    name: string;
    words: Words;
    fields: { name: string; type: FieldType; required: boolean }[];
    /** How an import is taken back; left out: nothing takes it back. */
    withdrawal?: Withdrawal;
  }[];
}

/** The faces of everything that was declared, in the order of the list. */
export function faces(): Faces {
  const declared = subsystems();
  return {
    services: declared.map(({ name, words, figures = [], feeds = [] }) => ({
      name,
      words,
      figures,
      feeds: feeds.map((feed) => feed.name),
    })),
    feeds: allFeeds().map(({ name, words, layerWords = words, points, values = {} }) => ({
      name,
      words,
      layerWords,
      ...(points ? { points } : {}),
      values,
    })),
    events: Object.fromEntries(eventDefinitions().map(({ type, words }) => [type, words])),
    // Where two services declare one name, the words of the earlier one stay.
    fields: Object.assign({}, ...declared.map(({ fields }) => fields).toReversed()),
    units: Object.assign({}, ...declared.map(({ units }) => units).toReversed()),
    forms: declared.flatMap(({ forms = [] }) => forms),
    imports: declared.flatMap(({ imports = [] }) => imports.map(fileFace)),
  };
}

function fileFace({ name, words, fields, withdrawal }: ImportKind): Faces['imports'][number] {
  const { entityOf: _, ...command } = withdrawal ?? {};
  return {
    name,
    words,
    fields: fields.map((field) => ({ name: field.name, type: field.type, required: field.required === true })),
    ...(withdrawal ? { withdrawal: command as Withdrawal } : {}),
  };
}
