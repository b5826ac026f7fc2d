// Every refusal that a service of ours writes has a title in both languages, and each of its details and reasons has words in Vietnamese, or its place is listed here.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { vietnamesePhrase } from '#platform/problem-phrases.ts';
import { vietnameseTitles } from '#platform/problem-titles.ts';

const folder = import.meta.dirname;
/** Details that are for programmes alone, and reasons whose words come from elsewhere: they are not told to a reader of Vietnamese, or told as they are. */
const forProgrammes = new Set([
  'drill/app.ts detail',
  'geography/import/coordinates.ts reason',
  'geography/import/read-features.ts reason',
  'geography/ogc/item-query.ts reason',
  'intake/events-api.ts reason',
  'intake/http-binding.ts detail',
  'intake/http-binding.ts reason',
  'live/stream-api.ts detail',
  'platform/command.ts detail',
  'platform/sealed-caller.ts detail',
  'platform/senders.ts detail',
]);

type Text = ts.Expression | undefined;
/** The text with something in place of each value: a title, detail or reason as it will be. */
function sample(text: Text): string | undefined {
  if (!text) return undefined;
  if (ts.isStringLiteralLike(text)) return text.text;
  if (!ts.isTemplateExpression(text)) return undefined;
  return text.head.text + text.templateSpans.map(({ literal }) => `7${literal.text}`).join('');
}
const propertiesOf = (node: ts.Node | undefined) =>
  node && ts.isObjectLiteralExpression(node)
    ? new Map(
        node.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? [[one.name.getText(), one.initializer]] : [])),
      )
    : undefined;

function withoutWords(file: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const missing = (what: string, text: Text) => {
    if (!forProgrammes.has(`${file} ${what}`)) found.push(`${file} ${what}: ${text?.getText()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Problem') {
      const [, title, options] = node.arguments ?? [];
      const given = propertiesOf(options);
      const vietnamese = propertiesOf(given?.get('vietnamese'));
      const name = sample(title);
      if (name !== undefined && !vietnamese?.has('title') && !(name in vietnameseTitles) && !given?.has('vietnamese'))
        missing('title', title);
      const detail = given?.get('detail');
      const english = sample(detail);
      if (detail && !vietnamese?.has('detail') && (english === undefined || !vietnamesePhrase(english)))
        missing('detail', detail);
    }
    const given = propertiesOf(node);
    const reason = given?.get('reason');
    if (reason && given!.has('field') && !given!.has('words') && !isSpread(node)) {
      const english = sample(reason);
      if (english !== undefined && !vietnamesePhrase(english)) missing('reason', reason);
    }
    ts.forEachChild(node, visit);
  };
  /** `{ ...{ field, reason }, words }` has its words beside it. */
  const isSpread = (node: ts.Node) => ts.isSpreadAssignment(node.parent);
  visit(source);
  return found;
}

test('every refusal has its words in Vietnamese', () => {
  const files = globSync('**/*.ts', { cwd: folder }).filter((file) => !/\.test\.ts$|(^|\/)testing/.test(file));
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap(withoutWords)).toEqual([]);
});

test('a phrase takes along what it caught', () => {
  expect(vietnamesePhrase('Your role does not permit violation.decide in q7.')).toBe(
    'Cần quyền violation.decide ở q7.',
  );
  expect(vietnamesePhrase('one of a, b')).toBe('một trong: a, b');
  expect(vietnamesePhrase('something of its own')).toBeUndefined();
});
