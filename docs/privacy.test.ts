import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { retentionClasses } from '../services/contracts/access/retention.ts';
import { eventDefinitions } from '../services/contracts/catalogue.ts';
import { services } from '../services/services.ts';

const text = readFileSync(new URL('privacy.md', import.meta.url), 'utf8');
const tables = text.split('\n').filter((line) => line.startsWith('| `'));

test('names every fact about a person, with the fields that tell who he is', () => {
  expect(services.length).toBeGreaterThan(0);
  const ofPersons = eventDefinitions().filter(({ dataClass }) => dataClass === 'person');
  const told = tables.map((line) => {
    const [fact, ...cells] = line
      .split('|')
      .slice(1, 5)
      .map((cell) => [...cell.matchAll(/`(\w[\w-]*)`/g)].map((match) => match[1]!));
    return [fact![0], ...cells.map((names) => names.toSorted())];
  });
  const declared = ofPersons.map(({ type, personal = {} }) => [
    type,
    ...(['identifies', 'may-identify', 'pseudonym'] as const).map((kind) =>
      Object.keys(personal)
        .filter((field) => personal[field] === kind)
        .toSorted(),
    ),
  ]);
  expect(told.toSorted()).toEqual(declared.toSorted());
});

test('says of both texts when they came into force, and what was not verified', () => {
  for (const words of ['Law 91/2025/QH15', 'Decree 356/2025/NĐ-CP', '1 January 2026', 'Decree 13/2023/NĐ-CP'])
    expect(text).toContain(words);
  expect(text.match(/not verified/g)!.length).toBeGreaterThan(3);
});

test('names every class of retention, and who removes', () => {
  for (const [of, { by }] of Object.entries(retentionClasses)) {
    const row = text.split('\n').find((line) => line.startsWith('| ') && line.includes(`: \`${of}\` |`));
    expect(row, of).toMatch(new RegExp(`\\| ${by ?? 'nobody'}\\b`));
  }
});
