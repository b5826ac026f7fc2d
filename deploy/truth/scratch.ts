import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fetchAs } from '../local/fetch-as.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** Two rows of two square wards south of the canal: names and codes as District 7 has them, borders of our own. */
const wards: [id: string, name: string, code: string, west: number, south: number][] = [
  ['a1', 'Phường Tân Phú', '27490', 106.7, 10.72],
  ['a2', 'Phường Bình Thuận', '27487', 106.72, 10.72],
  ['a3', 'Phường Phú Mỹ', '27493', 106.7, 10.74],
  ['a4', 'Phường Tân Quy', '27472', 106.72, 10.74],
];

export interface Shape {
  id: string;
  name: string;
  code: string;
  west: number;
  south: number;
  east?: number;
  north?: number;
}

/** GeoJSON of rectangular wards; 0.02 degrees wide and high unless they say. */
export const wardsFile = (shapes: readonly Shape[]): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: shapes.map(({ id, name, code, west, south, east = west + 0.02, north = south + 0.02 }) => ({
      type: 'Feature',
      properties: { id, name, code, level: 'ward' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ],
        ],
      },
    })),
  });

const fourWards = wards.map(([id, name, code, west, south]) => ({ id, name, code, west, south }));

/** A district of its own in a running product, and what people do with it. */
export interface Scratch {
  district: string;
  /** `npm run import`, with a file of this name and content; what it printed. A refusal is printed too. */
  importFile: (kind: string, name: string, content: string | Buffer, ...options: string[]) => Promise<string>;
  get: <Answer>(path: string, query?: Record<string, string>) => Promise<Answer>;
  /** As who owns the product's data folder. */
  fetch: typeof fetch;
  /** Address of the product, and its data folder. */
  url: string;
  data: string;
  request: (path: string, init?: RequestInit, query?: Record<string, string>) => Promise<Response>;
  /** Figures of the areas by their id and formula, as of now; `onDay` looks from another day. */
  figures: (service: string, onDay?: string) => Promise<Map<string, Figure>>;
}

export interface Figure {
  value: number | null;
  list?: string;
  explanation?: string | undefined;
}

/** Makes a live district in the product's data folder; `shapes` left out: the four wards. */
export async function scratchDistrict(
  { url, data, folder }: { url: string; data: string; folder: string },
  district: string,
  shapes: readonly Shape[] = fourWards,
): Promise<Scratch> {
  const ask = fetchAs(data);
  mkdirSync(folder, { recursive: true });
  const importFile: Scratch['importFile'] = async (kind, name, content, ...options) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    const args = ['deploy/commands/import.ts', kind, path, '--district', district, '--data', data, ...options];
    const ended = await run(process.execPath, args, { cwd: root }).catch(
      (error: Error & { stdout: string; stderr: string }) => error,
    );
    return `${ended.stdout}${ended.stderr}`;
  };
  const address = (path: string, query: Record<string, string> = {}) =>
    `${url}${path}?${new URLSearchParams({ district, ...query })}`;
  const get: Scratch['get'] = async (path, query) => {
    const response = await ask(path.includes('district=') ? `${url}${path}` : address(path, query));
    if (!response.ok) throw new Error(`${response.status} ${path}: ${await response.text()}`);
    return (await response.json()) as never;
  };
  const output = await importFile(
    'areas',
    `${district}.geojson`,
    wardsFile(shapes),
    ...['--create-district', '--name', `Quận ${district}`, '--time-zone', 'Asia/Ho_Chi_Minh', '--clock', 'live'],
    ...[
      '--centre',
      '106.72,10.74',
      '--valid-from',
      '2015-01-01',
      '--root',
      district,
      '--root-name',
      `Quận ${district}`,
    ],
  );
  if (!/areas/.test(output)) throw new Error(output);
  return {
    district,
    importFile,
    get,
    fetch: ask,
    url,
    data,
    request: (path, init, query) => ask(address(path, query), init),
    figures: async (service, onDay) => {
      const { areas } = await get<{ areas: { areaId: string | null; figures: Figure[] | Record<string, Figure> }[] }>(
        `/api/${service}/figures`,
        onDay ? { onDay } : {},
      );
      return new Map(
        areas.flatMap(({ areaId, figures }) =>
          Object.entries(figures).map(([name, figure]) => {
            const formula = 'formula' in figure ? String(figure.formula) : name;
            return [`${areaId ?? 'whole'} ${formula}`, figure] as const;
          }),
        ),
      );
    },
  };
}

/**
 * Waits until what was asked is as it should be, or for two minutes: rows follow the journal at their own pace, and a forecast waits for those of other
 * districts. Answers what there is then.
 */
export async function settled<Value>(ask: () => Promise<Value>, right: Value): Promise<Value> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const value = await ask();
    if (JSON.stringify(value) === JSON.stringify(right) || Date.now() > deadline) return value;
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** The local day in Vietnam so many days ago, YYYY-MM-DD and as people write it. */
export const dayAgo = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(Date.now() - days * 86_400_000);
export const written = (isoDay: string): string => isoDay.split('-').reverse().join('/');
