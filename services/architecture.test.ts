import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { access } from './contracts/access.ts';
import { folderOf, programmeOf } from './folder-of.ts';
import { routesToServices } from './live/gateway.ts';

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
  'services/epidemic': ['services/contracts', 'services/platform', 'services/district'],
  'services/urban-order': ['services/contracts', 'services/platform', 'services/district'],
  'services/economy': ['services/contracts', 'services/platform', 'services/district'],
  'services/live': ['services/contracts', 'services/platform'],
  // The importer compares names of areas as geography does; the drill plays on geography's place pack.
  'services/imports': ['services/contracts', 'services/platform', 'services/geography'],
  'services/intake': ['services/contracts', 'services/platform', 'services/imports'],
  'services/drill': ['services/contracts', 'services/platform', 'services/geography', 'ml'],
  'services/case-history': ['services/contracts', 'services/platform', 'services/district', 'ml'],
  'services/scenarios': ['services/contracts', 'services/platform', 'services/district', 'services/case-history', 'ml'],
  // One programme answers both: outlook puts the routes and rows of scenarios beside its own.
  'services/outlook': [
    'services/contracts',
    'services/platform',
    'services/district',
    'services/case-history',
    'services/scenarios',
    'ml',
  ],
  // The files directly in services/ put all rooms together: migrations, projections, rebuild, this test.
  services: [
    'services/contracts',
    'services/platform',
    'services/geography',
    'services/epidemic',
    'services/urban-order',
    'services/economy',
    'services/outlook',
    'services/live',
  ],
  // The scenarios screen runs the same model in the browser.
  web: ['services/contracts', 'ml'],
};

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

describe('services', () => {
  const deployed = readdirSync(join(root, 'services'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'services', entry.name, 'main.ts')))
    .map((entry) => programmeOf(entry.name));

  test('each has its routes in the access table and a way through the gateway', () => {
    expect(Object.keys(access).sort()).toEqual(deployed.sort());
    const reachable = new Set(Object.values(routesToServices));
    expect(deployed.filter((name) => name !== 'live' && !reachable.has(name))).toEqual([]);
    for (const [service, table] of Object.entries(access))
      for (const route of Object.keys(table)) {
        const path = route.split(' ')[1]!;
        const prefix = Object.keys(routesToServices)
          .filter((candidate) => path === candidate || path.startsWith(`${candidate}/`))
          .sort((a, b) => b.length - a.length)[0];
        expect([route, prefix ? routesToServices[prefix] : 'live']).toEqual([route, service]);
      }
  });

  test.each(deployed)('%s has a README that tells its tables or routes and why', (name) => {
    const text = readFileSync(join(root, 'services', folderOf(name), 'README.md'), 'utf8');
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
