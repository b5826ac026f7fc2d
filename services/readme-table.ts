// node services/readme-table.ts --write: the table of services in README.md, from the list.
import { readFileSync, writeFileSync } from 'node:fs';
import { eventDefinitions } from './contracts/catalogue.ts';
import { folderOf, prefixesOf, type Subsystem, schemaOf } from './contracts/subsystem.ts';
import { services } from './services.ts';

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** Types by their noun, shortest first: `case-confirmed`, `-corrected` … are one cell. */
const nouns = (types: readonly { noun: string }[]) => [...new Set(types.map(({ noun }) => noun))];

function rowOf(service: Subsystem): string {
  const { name } = service;
  const folder = folderOf(service);
  const events = eventDefinitions();
  const consumes = nouns(events.filter((event) => event.consumedBy.includes(name)));
  const publishes = nouns(events.filter((event) => event.publishedBy.includes(name)));
  const schema = schemaOf(service);
  const cells = [
    `[\`${folder}/\`](${folder}/README.md)${folder === name ? '' : ` (programme \`${name}\`)`}`,
    service.words.en,
    code(consumes),
    code(publishes),
    schema === null ? 'nothing' : `schema \`${schema}\``,
    code(prefixesOf(service)),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Markdown: one row a service, in the order of the list. */
export const servicesTable = (): string =>
  [
    '| folder | what | consumes (nouns) | publishes (nouns) | writes | answers below |',
    '| --- | --- | --- | --- | --- | --- |',
    ...services.map(rowOf),
  ].join('\n');

const marks = { start: '<!-- services: node services/readme-table.ts --write -->', end: '<!-- end -->' };

/** The text with the table between its marks as it should be. */
export function withTable(readme: string): string {
  const [before, rest] = readme.split(marks.start);
  const after = rest?.split(marks.end)[1];
  if (after === undefined) throw new Error(`README.md has no "${marks.start}" … "${marks.end}"`);
  return `${before}${marks.start}\n${servicesTable()}\n${marks.end}${after}`;
}

if (process.argv.includes('--write')) {
  const file = new URL('./README.md', import.meta.url);
  writeFileSync(file, withTable(readFileSync(file, 'utf8')));
}
