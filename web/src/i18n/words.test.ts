import events from 'virtual:events';
import forms, { fields, imports } from 'virtual:forms';
import type { Words } from '@vungxanh/services/contracts/words.ts';
import { expect, test } from 'vitest';
import { faces } from '../faces.ts';
import type { Both } from './both.ts';
import { entryFields } from './domain/entry-fields.ts';
import { values } from './domain/values.ts';
import { formatAge, formatDay, formatInstant, formatShare, formatValue } from './format.ts';

/** Every dictionary: those of screens, panels and charts stand beside them, those of the domain and of the whole interface here. */
const files = {
  ...import.meta.glob<Record<string, unknown>>('../**/*.words.ts', { eager: true }),
  ...import.meta.glob<Record<string, unknown>>(['./domain/*.ts', './interface.ts'], { eager: true }),
};
const dictionaries = Object.entries(files).flatMap(([file, exported]) =>
  Object.entries(exported).flatMap(([name, both]) =>
    // Words of one form among several are a function of its kind; what it is made of is declared, and looked at below.
    typeof both === 'function' ? [] : [{ name: `${file} ${name}`, both: both as Both<object> }],
  ),
);

const paths = (node: unknown, path = ''): string[] =>
  typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, value]) => paths(value, `${path}.${key}`))
    : [path];
const texts = (node: unknown): string[] =>
  typeof node === 'string'
    ? [node]
    : typeof node === 'function'
      ? [String(node('1', '2'))]
      : Object.values(node as object).flatMap(texts);

// The compiler checks the fixed keys; the open tables (units, values, events …) it cannot.
test.each(dictionaries)('both languages say exactly the same things: $name', ({ both }) => {
  expect(paths(both.en)).toEqual(paths(both.vi));
  expect(paths(both.vi).length).toBeGreaterThan(0);
});

test('every status, category, choice, figure, field and kind of event that a service declares has words in both languages', () => {
  const said = (words: Words | undefined, what: string) => {
    expect(words?.vi.trim(), what).toBeTruthy();
    expect(words?.en.trim(), what).toBeTruthy();
    expect(words!.vi, what).toBe(words!.vi.normalize('NFC'));
  };
  for (const { name, words, layerWords, points, values: own } of faces.feeds) {
    said(words, name);
    said(layerWords, name);
    for (const value of [...(points?.categories ?? []), ...(points?.statuses ?? [])])
      said(own[value], `${name} ${value}`);
  }
  for (const [type, words] of Object.entries(events)) said(words, type);
  for (const [field, words] of Object.entries(fields)) said(words, field);
  for (const { name, words, figures } of faces.services) {
    said(words, name);
    for (const { id, words: figure } of figures) said(figure, id);
  }
  for (const { kind, words, fields } of forms) {
    said(words, kind);
    for (const { name, options = [] } of fields) {
      expect(entryFields(kind).vi[name], `${kind} ${name}`).toBeTruthy();
      for (const option of options) expect(values.vi[option], `${kind} ${name} ${option}`).toBeTruthy();
    }
  }
  for (const { name, words } of imports) said(words, name);
});

test('Vietnamese is composed (NFC): labels in pieces cannot be drawn', () => {
  for (const { both } of dictionaries) for (const text of texts(both.vi)) expect(text).toBe(text.normalize('NFC'));
});

test('numbers and days are said as each language says them, on the clock of the place', () => {
  expect(formatValue(1234.5, 'cases', 'vi')).toBe('1.235');
  expect(formatValue(47.55, 'per 100,000 in 7 days', 'vi')).toBe('47,6');
  expect(formatValue(0.625, 'share', 'en')).toBe('62.5%');
  expect(formatDay('2021-08-24', 'vi', 'long')).toBe('24/08/2021');
  expect(formatInstant(Date.parse('2021-08-24T18:30:00Z'), 'vi', 'Asia/Ho_Chi_Minh')).toBe('01:30 25/08/2021');
  expect(formatAge(3 * 60_000 + 1, 'vi')).toBe('3 phút');
  expect(formatAge(25 * 3_600_000, 'en')).toBe('25 hours');
  expect(formatAge(49 * 3_600_000, 'en')).toBe('2 days');
});

test('a chance that is not certain is never written as certain', () => {
  expect([0, 0.004, 0.5, 0.996, 1].map((share) => formatShare(share, 'en'))).toEqual([
    '0%',
    '< 1%',
    '50%',
    '> 99%',
    '100%',
  ]);
});
