import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type ViolationKind, violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { plainText } from '../values/plain-text.ts';

/** Words of the sources → our kinds, from a data file: a new city's list is rows, not code. */
const kinds = new Map(
  parse(readFileSync(new URL('./offences.csv', import.meta.url)), { columns: true }).map((row) => {
    const { words, kind } = row as { words: string; kind: string };
    return [plainText(words), violationKind.parse(kind)] as const;
  }),
);

/** The kind of an offence in a source's words, whatever their spelling; undefined when the list does not have them. */
export const offenceKind = (words: string): ViolationKind | undefined => kinds.get(plainText(words));
