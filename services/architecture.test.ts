import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogue, eventDefinitions } from './contracts/catalogue.ts';
import { allFeeds } from './contracts/feeds.ts';
import { folderOf, prefixesOf } from './contracts/subsystem.ts';
import { withTable } from './readme-table.ts';
import { services } from './services.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Room of a file: `services/<name>`, or the workspace. */
function roomOf(file: string): string {
  const [top, second, third] = relative(root, file).split('/');
  return top === 'services' ? (third ? `services/${second}` : 'services') : top!;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name) && !/node_modules|dist/.test(entry.parentPath),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Everything a file names in an import, as a room, or undefined for a package. */
function importsOf(file: string): { specifier: string; room: string | undefined }[] {
  const text = readFileSync(file, 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1]!);
  return specifiers.map((specifier) => {
    if (specifier.startsWith('.')) return { specifier, room: roomOf(resolve(dirname(file), specifier)) };
    if (specifier.startsWith('#')) return { specifier, room: `services/${specifier.slice(1).split('/')[0]}` };
    if (specifier.startsWith('@vungxanh/services/')) return { specifier, room: `services/${specifier.split('/')[2]}` };
    if (specifier.startsWith('@vungxanh/')) return { specifier, room: specifier.split('/')[1]! };
    return { specifier, room: undefined };
  });
}

/** Which rooms a room may look into, itself apart. A service that reads another's files names them here, with the reason. */
const arrows: Record<string, string[]> = {
  'services/contracts': [],
  'services/platform': [],
  ml: [],
  'services/district': ['services/contracts', 'services/platform'],
  // District 7's neighbourhoods are drawn, and the drill's wave is simulated, with the seeded generators of ml/numerics.
  'services/geography': ['services/contracts', 'services/platform', 'services/district', 'ml'],
  'services/coverage': ['services/contracts', 'services/platform', 'services/district'],
  'services/epidemic': ['services/contracts', 'services/platform', 'services/district', 'services/coverage'],
  'services/lifecycle': ['services/contracts', 'services/platform', 'services/district'],
  'services/clocks': ['services/contracts', 'services/platform', 'services/district', 'services/lifecycle'],
  'services/contacts': ['services/contracts', 'services/clocks'],
  'services/live': ['services/contracts', 'services/platform'],
  // The drill plays on geography's place pack, says the events of incidents and of citizens' reports, which it routes by their rules, and switches the hotline's calls on.
  'services/imports': ['services/contracts', 'services/platform'],
  'services/intake': ['services/contracts', 'services/platform', 'services/imports'],
  'services/drill': [
    'services/contracts',
    'services/platform',
    'services/lifecycle',
    'services/geography',
    'services/incidents',
    'services/hotline',
    'services/officials',
    'services/citizens',
    'ml',
  ],
  'services/case-history': ['services/contracts', 'services/platform', 'services/district', 'ml'],
  'services/scenarios': [
    'services/contracts',
    'services/platform',
    'services/district',
    'services/coverage',
    'services/case-history',
    'ml',
  ],
  // One programme answers both: outlook puts the routes and rows of scenarios beside its own.
  'services/outlook': [
    'services/contracts',
    'services/platform',
    'services/district',
    'services/coverage',
    'services/case-history',
    'services/scenarios',
    'ml',
  ],
  // Levels are made of cases as known at a moment, and of coverage.
  'services/levels': [
    'services/contracts',
    'services/platform',
    'services/district',
    'services/coverage',
    'services/case-history',
  ],
  // The files directly in services/ put all rooms together: migrations, projections, rebuild, this test.
  services: ['services/contracts', 'services/platform', ...services.map((service) => `services/${folderOf(service)}`)],
  // The scenarios screen runs the same model in the browser.
  web: ['services/contracts', 'ml'],
};

/** What a service looks into that says nothing of it above: the rooms that are there for all of them. */
const forAllServices = [
  'services/contracts',
  'services/platform',
  'services/district',
  'services/lifecycle',
  'services/clocks',
];
for (const service of services) arrows[`services/${folderOf(service)}`] ??= forAllServices;

const files = ['services', 'ml', 'web'].flatMap(sources);
// A test may set the stage with the product itself.
const product = files.filter((file) => !/\.test\.ts$|\/testing\/|\/bench\/|\/e2e\//.test(file));

describe('arrows between rooms', () => {
  const rooms = [...new Set(product.map(roomOf))];
  test.each(rooms)('%s looks only where it may', (room) => {
    const wrong = product
      .filter((file) => roomOf(file) === room)
      .flatMap((file) =>
        importsOf(file).map(({ specifier, room: target }) => ({ file: relative(root, file), specifier, target })),
      )
      .filter(({ target }) => target !== undefined && target !== room && !arrows[room]?.includes(target));
    expect(wrong).toEqual([]);
  });

  test('geography and the drill load the numerics of ml alone: the rest of it would cost them memory', () => {
    const specifiers = product
      .filter((file) => ['services/geography', 'services/drill'].includes(roomOf(file)))
      .flatMap((file) => importsOf(file).flatMap(({ specifier, room }) => (room === 'ml' ? [specifier] : [])));
    expect([...new Set(specifiers)]).toEqual(['@vungxanh/ml/numerics']);
  });

  test('no circle', () => {
    const visit = (room: string, path: string[]): void => {
      expect(path, `circle: ${[...path, room].join(' → ')}`).not.toContain(room);
      for (const next of arrows[room] ?? []) visit(next, [...path, room]);
    };
    for (const room of Object.keys(arrows)) visit(room, []);
  });

  test('no drawer for odds and ends', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(relative(root, file)))).toEqual(
      [],
    );
  });
});

describe('the list of services', () => {
  /** What makes a folder a service: code that starts it or makes its definition, or a declaration of it. */
  const isService = (folder: string) =>
    ['main.ts', 'declaration.ts'].some((file) => existsSync(join(root, 'services', folder, file))) ||
    (existsSync(join(root, 'services', folder, 'app.ts')) &&
      readFileSync(join(root, 'services', folder, 'app.ts'), 'utf8').includes('export default'));
  const folders = readdirSync(join(root, 'services'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isService(entry.name))
    .map((entry) => entry.name);

  test('has every folder with a service in it, once', () => {
    expect(services.map(folderOf).sort()).toEqual(folders.sort());
    expect(new Set(services.map(({ name }) => name)).size).toBe(services.length);
  });

  test('every route lies below the prefix of the service that answers it, and nobody else answers there', () => {
    const owners = new Map(services.flatMap((service) => prefixesOf(service).map((prefix) => [prefix, service.name])));
    expect(services.filter((service) => service.name !== 'live' && prefixesOf(service).length === 0)).toEqual([]);
    for (const { name, access } of services)
      for (const route of Object.keys(access)) {
        const path = route.split(' ')[1]!;
        const prefix = [...owners.keys()]
          .filter((candidate) => path === candidate || path.startsWith(`${candidate}/`))
          .sort((a, b) => b.length - a.length)[0];
        expect([route, prefix ? owners.get(prefix) : 'live']).toEqual([route, name]);
      }
  });

  test('every event and every feed is declared by the service that owns it', () => {
    const declared = services.flatMap((service) => (service.events ?? []).map(({ type }) => type));
    expect(declared).toEqual(expect.arrayContaining(Object.keys(catalogue)));
    expect(declared.toSorted()).toEqual(
      eventDefinitions()
        .map(({ type }) => type)
        .toSorted(),
    );
    expect(services.flatMap((service) => (service.feeds ?? []).map(({ name }) => name)).toSorted()).toEqual(
      allFeeds()
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  test('services/README.md shows the list as it is (node services/readme-table.ts --write)', () => {
    const readme = readFileSync(join(root, 'services/README.md'), 'utf8');
    expect(readme).toBe(withTable(readme));
    const rows = [...readme.matchAll(/^\| \[?`([a-z0-9-]+)\/`/gm)].map((match) => match[1]!);
    const rooms = readdirSync(join(root, 'services'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map((entry) => entry.name);
    expect(rows.toSorted()).toEqual(rooms.toSorted());
  });

  test.each(services.map(folderOf))('%s has a README that tells its tables or routes and why', (folder) => {
    const text = readFileSync(join(root, 'services', folder, 'README.md'), 'utf8');
    expect(text).toMatch(/^## Why/m);
    expect(text).toMatch(/20\d\d-\d\d-\d\d/);
  });

  test('platform knows no disease word', () => {
    const words = /\b(case|cases|epidemic|vaccin\w*|violation\w*|hospital\w*|business\w*)\b/i;
    const found = product
      .filter((file) => roomOf(file) === 'services/platform')
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => words.test(line.replace(/\bcase '[^']*':|\bcase [A-Za-z.]+:|in case\b|worst case/g, '')))
          .map((line) => `${relative(root, file)}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });
});
