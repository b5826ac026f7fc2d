import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportReport } from '#contracts/http/imports.ts';

/** So many entities of one import can be taken back: each takes two requests. */
export const mostTakenBack = 10_000;

const ending = '.kept.json';
const idOfImport = /^[\w-]{1,80}$/;

interface Kept {
  report: ImportReport;
  entities: string[];
}

/** What was taken in from files, on disk: counts, and the numbers of new entities, by which an import is taken back. No cell of a file is among it. */
export class KeptImports {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Whether more entities fit beside those that are there. */
  canHold(entities: readonly string[], more: readonly string[]): boolean {
    return entities.length + more.length <= mostTakenBack;
  }

  keep(report: ImportReport, entities: readonly string[]): void {
    const { preview: _, mapping, rejectedLines: __, ...told } = report;
    const kept = { ...told, preview: [], rejectedRows: [], mapping: mapping.map(({ example: _, ...from }) => from) };
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.pathOf(report.id), JSON.stringify({ report: kept, entities: [...entities] } satisfies Kept), {
      mode: 0o600,
    });
  }

  get = (id: string): ImportReport | undefined => this.read(id)?.report;

  entitiesOf = (id: string): string[] => this.read(id)?.entities ?? [];

  /** The newest imports of a district, newest first. */
  newest(district: string, most: number): ImportReport[] {
    let names: string[];
    try {
      names = readdirSync(this.folder).filter((name) => name.endsWith(ending));
    } catch {
      return [];
    }
    return names
      .flatMap((name) => this.read(name.slice(0, -ending.length))?.report ?? [])
      .filter((report) => report.district === district)
      .sort((one, other) => (other.endedAt ?? '').localeCompare(one.endedAt ?? ''))
      .slice(0, most);
  }

  private pathOf = (id: string): string => join(this.folder, `${id}${ending}`);

  /** Undefined: nothing of that id was kept, or a stop cut it off. */
  private read(id: string): Kept | undefined {
    if (!idOfImport.test(id)) return undefined;
    try {
      return JSON.parse(readFileSync(this.pathOf(id), 'utf8')) as Kept;
    } catch {
      return undefined;
    }
  }
}
