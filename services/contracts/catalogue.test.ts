import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { services as listed } from '../services.ts';
import { catalogue, definitionOf } from './catalogue.ts';
import { cloudEvent } from './cloud-event.ts';
import { subjectOf } from './define-event.ts';

const fixture = (name: string) => new URL(`./fixtures/${name}.json`, import.meta.url);
/** Programmes that may say or hear: the services, and the commands. */
const programmes = [...listed.map(({ name }) => name), 'import', 'replay'];

describe.each(Object.entries(catalogue))('%s', (type, definition) => {
  test('has a name, and publishers and consumers that exist', () => {
    expect(definition.type).toBe(type);
    expect(definition.publishedBy.length).toBeGreaterThan(0);
    expect(definition.consumedBy.length).toBeGreaterThan(0);
    expect(programmes).toEqual(expect.arrayContaining([...definition.publishedBy, ...definition.consumedBy]));
    // The owner's projection consumes it: otherwise it would become no row.
    expect(definition.consumedBy).toContain(definition.service);
  });

  test.each(['minimal', 'full'])('%s fixture validates', (size) => {
    const event = JSON.parse(readFileSync(fixture(`${type}.${size}`), 'utf8'));
    expect(cloudEvent.safeParse(event).error?.issues).toBeUndefined();
    const own = definitionOf(event.type)!;
    expect(own.type).toBe(type);
    const data = own.schema.safeParse(event.data);
    expect(data.error?.issues).toBeUndefined();
    expect(subjectOf(own, event.district, data.data!)).toMatch(/^vx\.[a-z0-9-]+\.[a-z-]+\.[a-z-]+\.[A-Za-z0-9_-]+$/);
  });

  test('the minimal fixture is minimal: without any one of its fields it is refused', () => {
    const { data } = JSON.parse(readFileSync(fixture(`${type}.minimal`), 'utf8'));
    for (const field of Object.keys(data)) {
      const { [field]: _left, ...rest } = data;
      expect(definition.schema.safeParse(rest).success, `without ${field}`).toBe(false);
    }
  });
});

test('no fixture without its event', () => {
  const types = readdirSync(new URL('./fixtures/', import.meta.url)).map((name) => name.split('.')[0]!);
  expect([...new Set(types)].filter((type) => !definitionOf(type))).toEqual([]);
});
