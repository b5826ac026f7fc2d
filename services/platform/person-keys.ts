import { randomBytes, randomFillSync } from 'node:crypto';
import { chmodSync, closeSync, copyFileSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from '@hono/zod-openapi';
import { keyBytes, keyFor, openBytes, sealBytes } from './sealed-text.ts';
import { readStateFile, writeStateFile } from './state-file.ts';

/** Why a text cannot be opened: its key was destroyed because its person was removed, or it is not in this store. */
export type Unreadable = 'removed' | 'lost';

/** The keys of persons: one a person. */
export interface PersonKeys {
  /** Why nothing can be sealed or opened; left out: all is well. */
  fault?: string;
  /** Facts were sealed with keys that are not here any more; left out: none were. */
  lost?: true;
  /**
   * Seals texts in one go: keys that persons do not have yet are made in one transaction, and are on disk when it returns.
   *
   * @param most how many of `seal` may be asked at most @param work asks for them
   * @throws Error when the keys are not there, and what `work` throws
   */
  together: <Result>(most: number, work: () => Result) => Result;
  /**
   * Only within `together`.
   *
   * @param bound what the text belongs to: nowhere else does it open
   * @returns where the key is, and the sealed bytes: `store.page.place.base64url`; undefined: the person was removed, nothing is sealed for him any more
   */
  seal: (person: string, text: string, bound: string) => string | undefined;
  open: (sealed: string, bound: string) => { text: string } | { unreadable: Unreadable };
  /**
   * Destroys the key of a person, and those of texts that are known to be his; from then on he has none.
   *
   * @returns how many there were
   */
  destroy: (person: string, sealed: readonly string[]) => number;
  /** His key was destroyed: nothing is sealed for him any more. */
  isRemoved: (person: string) => boolean;
  /** Pages of keys; keys that were destroyed; texts that this process could not open because their keys are not there. */
  status: () => { pages: number; destroyed: number; unreadable: number };
  /** Wraps all keys anew: afterwards only the new secret opens the store. Processes that have it open read the new one from its file. */
  rotate: (next: Buffer) => number;
  close: () => void;
}

/** Where the keys are: keys of the environment of whoever needs them. */
export const keysOfEnvironment = {
  VX_DATA: z.string().min(1).default('.data'),
  /** 32 bytes as base64url; left out: the file's. */
  VX_MASTER_KEY: z
    .string()
    .optional()
    .transform((text) => text || undefined),
};

/** Folder of the keys in a data folder. */
export const keysFolder = 'keys';

export interface KeysState {
  fault?: string;
  lost?: true;
  /** Texts that could not be opened since the start. */
  unreadable: number;
}

/** What is wrong with the keys; undefined: nothing. */
export function stateOfKeys({ fault, lost, status }: PersonKeys): KeysState | undefined {
  const { unreadable } = status();
  if (fault === undefined && !lost && unreadable === 0) return undefined;
  return { unreadable, ...(lost ? { lost } : {}), ...(fault === undefined ? {} : { fault }) };
}

/** Keys of a page: 32 KB, wrapped, written and synced once. */
const keysOfPage = 1024;
/** Pages held open by who reads; a flood is read in the order in which it was sealed. */
const mostPagesHeld = 16;
/** A destroyed key is not used any more anywhere after this time, milliseconds. */
const lookAgainMs = 20;
const file = 'persons.sqlite';
const masterFile = 'master';
/** The secret that is about to take its place. */
const nextFile = 'master.next';

/**
 * The keys of persons in a data folder: `keys/persons.sqlite` beside the wrapping secret, `keys/master` (both 0600 in a folder of 0700), or that of the environment.
 * A folder that is not there is made. What is wrong with one that is there is the `fault` of the answer: the caller goes on without.
 *
 * @param environment as a service reads it
 */
export function personKeysIn({ VX_DATA, VX_MASTER_KEY }: z.infer<z.ZodObject<typeof keysOfEnvironment>>): PersonKeys {
  return keysInFolder(join(VX_DATA, keysFolder), VX_MASTER_KEY);
}

function keysInFolder(folder: string, given?: string): PersonKeys {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const path = join(folder, file);
    if (given === undefined && !existsSync(join(folder, masterFile))) {
      if (existsSync(path)) throw new Error(`${join(folder, masterFile)} is gone, and the keys with it`);
      // Of processes that start at once one makes it and the others read it.
      writeStateFile(join(folder, masterFile), `${randomBytes(keyBytes).toString('base64url')}\n`, { keep: true });
    }
    const keys = openPersonKeys(path, () => mastersIn(folder, given));
    return noteStore(`${folder}-known`, keys.name) ? keys : { ...keys, lost: true };
  } catch (error) {
    return noKeys((error as Error).message);
  }
}

/** Notes the name of a store beside its folder, where a loss of the folder leaves it. @returns false: other stores were used here before */
function noteStore(path: string, name: string): boolean {
  const known = (readStateFile(
    path,
    (text) => text.split('\n').filter(Boolean),
    () => {},
  ) ?? []) as string[];
  if (!known.includes(name)) writeStateFile(path, `${[...known, name].join('\n')}\n`);
  return known.every((one) => one === name);
}

/** The secrets by which the store may be wrapped: while it is wrapped anew there are two. */
function mastersIn(folder: string, given: string | undefined): Buffer[] {
  if (given !== undefined) return [secretOf(given, 'VX_MASTER_KEY')];
  const read = (name: string) => {
    const path = join(folder, name);
    return readStateFile(
      path,
      (text) => secretOf(text.trim(), path),
      () => {},
    );
  };
  return [read(masterFile), read(nextFile)].filter((secret) => secret !== undefined);
}

function secretOf(text: string, name: string): Buffer {
  if (!/^[\w-]{43}$/.test(text)) throw new Error(`${name}: not 32 bytes as base64url`);
  return Buffer.from(text, 'base64url');
}

/** Keys that are not there: nothing is sealed, nothing is opened. */
function noKeys(fault: string): PersonKeys {
  let unreadable = 0;
  return {
    fault,
    together: () => {
      throw new Error(`the keys of persons cannot be used: ${fault}`);
    },
    seal: () => undefined,
    open: () => {
      unreadable++;
      return { unreadable: 'lost' };
    },
    destroy: () => {
      throw new Error(`the keys of persons cannot be used: ${fault}`);
    },
    isRemoved: () => false,
    status: () => ({ pages: 0, destroyed: 0, unreadable }),
    rotate: () => {
      throw new Error(`the keys of persons cannot be used: ${fault}`);
    },
    close: () => {},
  };
}

/**
 * The keys of persons in a file of their own beside journal and rows: whoever has those two, or a backup of them, reads nobody. Several processes have it open.
 *
 * Keys are made a page at a time, which is wrapped (AES-256-GCM) and synced before the first of them is used: so a sealed text never reaches the journal before its key is
 * on disk, and a flood costs one write for a thousand keys. A text says page and place of its key, so that a reader opens a page and looks nobody up. Which place is whose is
 * written without a sync of its own: what a power cut takes of that costs a person a second key, and both are found by his texts.
 * To remove a person is to overwrite his key; SQLite overwrites what it frees (`secure_delete`) and its log is emptied. What a disk keeps of overwritten blocks, and
 * backups of the file, are beyond it.
 *
 * @param masters reads the secrets by which it may be wrapped, each at least 32 bytes; asked again when it was wrapped anew
 * @throws Error when it was wrapped by another secret
 */
export function openPersonKeys(path: string, masters: () => readonly Buffer[]): PersonKeys & { name: string } {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const store = new DatabaseSync(path);
  store.exec(`
    PRAGMA busy_timeout = 10000;
    PRAGMA journal_mode = WAL;
    PRAGMA secure_delete = ON;
    PRAGMA cache_size = -16000;
    CREATE TABLE IF NOT EXISTS pages (page INTEGER PRIMARY KEY AUTOINCREMENT, wrapped BLOB NOT NULL, destroyed INTEGER NOT NULL DEFAULT 0) STRICT;
    -- Whose key is where; no page: he was removed.
    CREATE TABLE IF NOT EXISTS persons (person TEXT PRIMARY KEY, page INTEGER, place INTEGER) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS store (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, proof BLOB NOT NULL) STRICT;
  `);
  const wrappingOf = (secret: Buffer) => keyFor(secret, 'wraps the keys of persons');
  const [first] = masters();
  if (!first) throw new Error('there is no master secret');
  let wrapping = wrappingOf(first);
  store
    .prepare('INSERT OR IGNORE INTO store (one, name, proof) VALUES (1, ?, ?)')
    .run(randomBytes(6).toString('base64url'), sealBytes(wrapping, Buffer.alloc(0), 'proof'));
  const { name } = store.prepare('SELECT name FROM store').get() as { name: string };
  const isOurs = () => {
    const { proof } = store.prepare('SELECT proof FROM store').get() as { proof: Uint8Array };
    try {
      openBytes(wrapping, Buffer.from(proof), 'proof');
      return true;
    } catch {
      return false;
    }
  };
  /** After a rotation by another process the secret is another one. */
  const useNewest = () => {
    if (isOurs()) return;
    for (const master of masters()) {
      wrapping = wrappingOf(master);
      if (isOurs()) return;
    }
    throw new Error('the keys of persons were wrapped by another master secret');
  };
  useNewest();

  const boundOf = (page: number) => `page ${page}`;
  const insert = store.prepare('INSERT INTO pages (wrapped) VALUES (?) RETURNING page');
  const select = store.prepare('SELECT wrapped FROM pages WHERE page = ?');
  const update = store.prepare('UPDATE pages SET wrapped = ?, destroyed = destroyed + ? WHERE page = ?');
  const version = store.prepare('PRAGMA data_version');
  const find = store.prepare('SELECT page, place FROM persons WHERE person = ?');
  const giveFirst = store.prepare('INSERT INTO persons (person, page, place) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const give = store.prepare(`INSERT INTO persons (person, page, place) VALUES (?, ?, ?)
     ON CONFLICT (person) DO UPDATE SET page = excluded.page, place = excluded.place`);
  const take = store.prepare(
    'INSERT INTO persons (person) VALUES (?) ON CONFLICT (person) DO UPDATE SET page = NULL, place = NULL',
  );
  /** @param synced the log is synced with the transaction; else with the next one that is */
  const within = <Result>(synced: boolean, work: () => Result): Result => {
    store.exec(`PRAGMA synchronous = ${synced ? 'FULL' : 'NORMAL'}`);
    store.exec('BEGIN IMMEDIATE');
    try {
      useNewest();
      const result = work();
      store.exec('COMMIT');
      return result;
    } catch (error) {
      store.exec('ROLLBACK');
      throw error;
    }
  };

  const held = new Map<number, Buffer>();
  let seenVersion = -1;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const forget = () => {
    for (const keys of held.values()) keys.fill(0);
    held.clear();
  };
  /** What another process destroyed must not go on living here: the file says when others wrote to it. */
  const forgetWhatOthersChanged = () => {
    const now = performance.now();
    if (now - lookedAt < lookAgainMs) return;
    lookedAt = now;
    const { data_version: current } = version.get() as { data_version: number };
    if (current !== seenVersion) forget();
    seenVersion = current;
  };
  const readPage = (page: number): Buffer | undefined => {
    const row = select.get(page) as { wrapped: Uint8Array } | undefined;
    if (!row) return undefined;
    try {
      return openBytes(wrapping, Buffer.from(row.wrapped), boundOf(page));
    } catch {
      useNewest();
      return openBytes(wrapping, Buffer.from(row.wrapped), boundOf(page));
    }
  };
  const pageOf = (page: number): Buffer | undefined => {
    forgetWhatOthersChanged();
    const known = held.get(page);
    if (known) return known;
    const keys = readPage(page);
    if (!keys) return undefined;
    if (held.size >= mostPagesHeld) held.delete(held.keys().next().value!);
    held.set(page, keys);
    return keys;
  };

  /** Places that this process gives to persons: of pages that are on disk. */
  const free: { page: number; place: number }[] = [];
  const newPage = () => {
    const keys = randomFillSync(Buffer.alloc(keyBytes * keysOfPage));
    const page = within(true, () => {
      const made = (insert.get(Buffer.alloc(1)) as { page: number }).page;
      update.run(sealBytes(wrapping, keys, boundOf(made)), 0, made);
      return made;
    });
    keys.fill(0);
    for (let place = 0; place < keysOfPage; place++) free.push({ page, place });
  };

  let unreadable = 0;
  const notReadable = (reason: Unreadable) => {
    if (reason === 'lost') unreadable++;
    return { unreadable: reason };
  };
  return {
    name,
    together: (most, work) => {
      while (free.length < most) newPage();
      return within(false, work);
    },
    seal: (person, text, bound) => {
      // Most are told of for the first time: they are not looked up before. From the end: the newest page is the one that is at hand.
      let own: { page: number | null; place: number } = free.at(-1)!;
      const isFirst = giveFirst.run(person, own.page, own.place).changes === 1;
      if (isFirst) free.pop();
      else own = find.get(person) as typeof own;
      if (own.page === null) return undefined;
      let key = keyAt(pageOf(own.page), own.place);
      if (key && isDestroyed(key)) return undefined;
      if (!key) {
        own = free.pop()!;
        give.run(person, own.page, own.place);
        key = keyAt(pageOf(own.page!), own.place)!;
      }
      return `${name}.${own.page}.${own.place}.${sealBytes(key, Buffer.from(text), bound).toString('base64url')}`;
    },
    open: (text, bound) => {
      const place = placeOf(text);
      if (place?.store !== name) return notReadable('lost');
      try {
        const key = keyAt(pageOf(place.page), place.place);
        if (!key) return notReadable('lost');
        if (isDestroyed(key)) return notReadable('removed');
        return { text: openBytes(key, place.sealed, bound).toString() };
      } catch {
        return notReadable('lost');
      }
    },
    destroy: (person, texts) => {
      const count = within(true, () => {
        const own = find.get(person) as { page: number | null; place: number } | undefined;
        const places = [
          ...(typeof own?.page === 'number' ? [{ page: own.page, place: own.place }] : []),
          ...(texts.map(placeOf).filter((place) => place?.store === name) as KeyPlace[]),
        ];
        take.run(person);
        let destroyed = 0;
        for (const [page, ofPage] of Map.groupBy(places, ({ page: of }) => of)) {
          const bytes = readPage(page);
          let here = 0;
          for (const { place } of ofPage) {
            const key = keyAt(bytes, place);
            if (!key || isDestroyed(key)) continue;
            key.fill(0);
            here++;
          }
          if (here > 0) update.run(sealBytes(wrapping, bytes!, boundOf(page)), here, page);
          destroyed += here;
        }
        return destroyed;
      });
      forget();
      // The log before the change still has the old page.
      store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return count;
    },
    isRemoved: (person) => (find.get(person) as { page: number | null } | undefined)?.page === null,
    status: () => {
      const row = store.prepare('SELECT count(*) AS pages, coalesce(sum(destroyed), 0) AS destroyed FROM pages').get();
      const { pages, destroyed } = row as { pages: number; destroyed: number };
      return { pages, destroyed, unreadable };
    },
    rotate: (next) => {
      const wrapNext = wrappingOf(next);
      const count = within(true, () => {
        const pages = store.prepare('SELECT page FROM pages').all() as { page: number }[];
        for (const { page } of pages) update.run(sealBytes(wrapNext, readPage(page)!, boundOf(page)), 0, page);
        store.prepare('UPDATE store SET proof = ?').run(sealBytes(wrapNext, Buffer.alloc(0), 'proof'));
        return pages.length;
      });
      wrapping = wrapNext;
      store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return count;
    },
    close: () => {
      forget();
      store.close();
    },
  };
}

/** Where the key of a text is. */
interface KeyPlace {
  store: string;
  page: number;
  place: number;
  sealed: Buffer;
}

const sealedText = /^([\w-]{8})\.(\d{1,15})\.(\d{1,5})\.([\w-]+)$/;

function placeOf(text: string): KeyPlace | undefined {
  const [, store, page, place, sealed] = sealedText.exec(text) ?? [];
  return store === undefined
    ? undefined
    : { store, page: Number(page), place: Number(place), sealed: Buffer.from(sealed!, 'base64url') };
}

/** A key in its page, not a copy; undefined: there is none. */
function keyAt(bytes: Buffer | undefined, place: number): Buffer | undefined {
  const end = (place + 1) * keyBytes;
  return bytes && end <= bytes.length ? bytes.subarray(end - keyBytes, end) : undefined;
}

/** Random bytes are never all zero. */
const isDestroyed = (key: Buffer): boolean => key[0] === 0 && key.every((byte) => byte === 0);

/** Copies the keys of one folder into another one that is empty, as they are at one moment, whoever uses them meanwhile. Files are the owner's alone. */
export function copyKeys(from: string, to: string): void {
  const store = new DatabaseSync(join(from, file), { readOnly: true });
  try {
    store.exec('PRAGMA busy_timeout = 10000');
    store.prepare('VACUUM INTO ?').run(join(to, file));
  } finally {
    store.close();
  }
  chmodSync(join(to, file), 0o600);
  if (!existsSync(join(from, masterFile))) return;
  copyFileSync(join(from, masterFile), join(to, masterFile));
  chmodSync(join(to, masterFile), 0o600);
}

/**
 * Wraps the keys of a folder by a new secret, while the product runs. The new secret lies beside the old one until the store is wrapped by it: a power cut in between
 * loses nothing.
 *
 * @param next the new secret, where the old one is of the environment; whoever runs with the old one has to be started anew
 * @returns how many pages
 * @throws Error when the keys cannot be used
 */
export function rotateMaster(
  { VX_DATA, VX_MASTER_KEY: given }: z.infer<z.ZodObject<typeof keysOfEnvironment>>,
  next?: string,
): number {
  const folder = join(VX_DATA, keysFolder);
  const keys = keysInFolder(folder, given);
  try {
    if (keys.fault) throw new Error(keys.fault);
    if (given !== undefined) {
      if (next === undefined) throw new Error('the new secret is not given (VX_NEW_MASTER_KEY)');
      return keys.rotate(secretOf(next, 'VX_NEW_MASTER_KEY'));
    }
    const secret = randomBytes(keyBytes);
    writeStateFile(join(folder, nextFile), `${secret.toString('base64url')}\n`);
    const pages = keys.rotate(secret);
    renameSync(join(folder, nextFile), join(folder, masterFile));
    return pages;
  } finally {
    keys.close();
  }
}
