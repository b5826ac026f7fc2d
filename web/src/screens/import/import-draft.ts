import { type LocalStore, localStore } from '../../local/local-store.ts';
import type { MendedCell } from './mending.ts';

/** How far somebody has come. */
export type Step = 'file' | 'columns' | 'mend' | 'done';

/** What somebody has chosen and mended of a file that is not taken in yet. */
export interface Draft {
  kind: string;
  file: File;
  dateFormat: '' | 'dmy' | 'mdy';
  numberFormat: '' | 'vi' | 'en';
  /** Of a workbook with several; '': the file tells. */
  sheet: string;
  /** Column of a field, as chosen; '': none. */
  map: Record<string, string>;
  /** The same value on every row, by field. */
  set: Record<string, string>;
  mended: MendedCell[];
  step: Step;
}

export interface DraftStore {
  /** Undefined: there is none, or this browser keeps nothing. */
  get(district: string): Promise<Draft | undefined>;
  put(district: string, draft: Draft): Promise<void>;
  remove(district: string): Promise<void>;
}

/**
 * One draft a district, with its file, in this browser: it survives a reload, and is thrown away when the file is taken in or another one chosen. A browser that keeps
 * nothing costs only that.
 */
export function draftStore(store: LocalStore<Draft> = localStore<Draft>('import-drafts')): DraftStore {
  return {
    get: (district) => store.get(district).catch(() => undefined),
    put: (district, draft) => store.put(district, draft).catch(() => {}),
    remove: (district) => store.remove(district).catch(() => {}),
  };
}
