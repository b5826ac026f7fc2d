import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { until } from '../../services/platform/testing/requests.ts';
import { silentLog } from '../../services/platform/testing/servers.ts';
import { caseEvent } from '../bench/case-events.ts';
import { fetchAs } from '../local/fetch-as.ts';
import { freePort } from '../local/free-port.ts';
import { readRunState } from '../local/run-state.ts';
import { isLocked } from './locked-file.ts';
import { type Manifest, readManifest, writeManifest } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = fileURLToPath(new URL('../../', import.meta.url));
const exercise = 'q7-dien-tap';
/** One point, as a PNG. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const person = { name: 'Lan', email: 'lan@q7.vn', password: 'mười hai chữ trở lên' };

interface Started {
  url: string;
  output: () => string;
  fetch: typeof fetch;
  stop: () => Promise<void>;
}

async function start(data: string, ...options: string[]): Promise<Started> {
  const port = await freePort();
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'deploy/local/start.ts'),
      ...['--data', data, '--port', String(port), '--no-web', ...options],
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: '', NATS_URL: '', LOG_LEVEL: 'warn' },
    },
  );
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`not ready:\n${output}`);
    return /^ready http/m.test(output) || undefined;
  }, 150_000);
  return {
    url: readRunState(data)!.url,
    output: () => output,
    fetch: fetchAs(data),
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const run = (command: string, ...args: string[]) =>
  promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, `deploy/commands/${command}.ts`), ...args],
    { cwd: root, env: { ...process.env, DATABASE_URL: '', NATS_URL: '' }, maxBuffer: 16 * 1024 * 1024 },
  );

const signIn = async (url: string) => {
  const answer = await fetch(`${url}/api/identity/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: person.email, password: person.password }),
  });
  return { status: answer.status, cookie: answer.headers.getSetCookie().join('; ').split(';')[0]! };
};

/** Every route of figures that the product has, answered for a district. */
async function figuresOf({ url, fetch: ask }: Started, query: string): Promise<Record<string, unknown>> {
  const { paths } = (await (await ask(`${url}/api/openapi.json`)).json()) as { paths: Record<string, object> };
  const routes = Object.keys(paths).filter((path) => path.endsWith('/figures'));
  const found: Record<string, unknown> = {};
  for (const path of routes) {
    const answer = await ask(`${url}${path}?${query}`);
    expect([path, answer.status]).toEqual([path, 200]);
    found[path] = await answer.json();
  }
  return found;
}

describe('backup and restore of a running product', () => {
  let folder: string;
  let original: Started;
  let manifest: Manifest;
  let cookie: string;
  const data = () => join(folder, 'data');
  const backup = () => join(folder, 'backup');
  let acknowledged = 0;
  let pictureHash = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vung-xanh-backup-'));
    chmodSync(folder, 0o755);
    original = await start(data());
    const code = /code=([\w-]+)/.exec(original.output())![1]!;
    const welcome = await fetch(`${original.url}/api/identity/welcome`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: original.url },
      body: JSON.stringify({ code, ...person }),
    });
    expect(welcome.status).toBe(204);
    ({ cookie } = await signIn(original.url));
    // The exercise has a past, and then stands still: its figures are of one moment.
    await until(async () => {
      const { total = 0 } = (await (
        await original.fetch(`${original.url}/api/epidemic/cases?district=${exercise}&limit=1`)
      ).json()) as { total?: number; items?: unknown[] };
      return total > 0 || undefined;
    }).catch(() => {});
    await original.fetch(`${original.url}/api/drill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'pause' }),
    });
    const kept = await original.fetch(`${original.url}/api/citizens/photos?district=q7`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: picture,
    });
    expect(kept.status).toBe(201);
    ({ hash: pictureHash } = (await kept.json()) as { hash: string });
    let posting = true;
    const posted = (async () => {
      for (let from = 0; posting; from += 20) {
        const answer = await original.fetch(`${original.url}/api/events`, {
          method: 'POST',
          headers: { 'content-type': 'application/cloudevents-batch+json' },
          body: JSON.stringify(Array.from({ length: 20 }, (_, offset) => caseEvent(from + offset, 'backup'))),
        });
        expect(answer.status).toBe(201);
        await answer.json();
        acknowledged = from + 20;
        await new Promise((done) => setTimeout(done, 20));
      }
    })();
    await until(async () => acknowledged >= 400 || undefined);
    await new Promise((done) => setTimeout(done, 6000));
    const before = acknowledged;
    await run('backup', '--data', data(), '--to', backup()).finally(() => {
      posting = false;
      return posted;
    });
    expect(acknowledged).toBeGreaterThan(before);
    manifest = readManifest(backup());
  });
  afterAll(async () => {
    await original?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is written whole, for the owner alone, and says what it holds', () => {
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
    expect(statSync(backup()).mode & 0o777).toBe(0o700);
    const modes = readdirSync(backup(), { recursive: true, encoding: 'utf8' }).map((name) => {
      const status = statSync(join(backup(), name));
      return `${status.isDirectory() ? 'folder' : 'file'} ${(status.mode & 0o777).toString(8)}`;
    });
    expect(new Set(modes)).toEqual(new Set(['folder 700', 'file 600']));
    expect(manifest.streams.map(({ stream }) => stream).toSorted()).toEqual(['VX_q7', `VX_${exercise}`]);
    expect(manifest.schemas.map(({ schema }) => schema)).toEqual(expect.arrayContaining(['audit', 'identity']));
    expect(manifest.objects.map(({ stream }) => stream)).toEqual(['OBJ_photos']);
    const paths = manifest.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['database.sql', 'data/admin-token', 'data/secrets/sessions', 'journal/VX_q7.snapshot']),
    );
    expect(paths.filter((path) => /^data\/(postgres|nats|logs|run\.json|keys\/)/.test(path))).toEqual([]);
  });

  test('the keys of persons lie beside it, for the owner alone, and no place of a person is in it', () => {
    const keys = `${backup()}.keys`;
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    expect(readdirSync(keys).toSorted()).toEqual(['master', 'persons.sqlite']);
    for (const name of readdirSync(keys)) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
    const sealed = caseEvent(1, 'backup').data.location;
    for (const name of readdirSync(backup(), { recursive: true, encoding: 'utf8' })) {
      const path = join(backup(), name);
      if (statSync(path).isFile())
        expect([name, readFileSync(path).includes(String(sealed.lon))]).toEqual([name, false]);
    }
  });

  test('restored elsewhere: equal figures at the moment of the backup, sign-in and session work, and the chain fits', async () => {
    const elsewhere = join(folder, 'elsewhere');
    const { stdout } = await run('restore', '--from', backup(), '--data', elsewhere);
    expect(stdout).toMatch(/restored; npm start/);
    expect(existsSync(join(elsewhere, 'restore-unfinished'))).toBe(false);
    const restored = await start(elsewhere, '--no-drill');
    try {
      const asOf = new Date(Date.parse(manifest.at) - 5000).toISOString();
      const live = `district=q7&asOf=${encodeURIComponent(asOf)}`;
      const figures = await figuresOf(original, live);
      expect(Object.keys(figures).length).toBeGreaterThanOrEqual(4);
      expect(JSON.stringify(figures)).toMatch(/[1-9]\d\d/);
      expect(await figuresOf(restored, live)).toEqual(figures);
      expect(await figuresOf(restored, `district=${exercise}`)).toEqual(
        await figuresOf(original, `district=${exercise}`),
      );

      const places = async ({ url, fetch: ask }: Started) => {
        const answer = await ask(`${url}/api/epidemic/cases/backup-1?district=q7`);
        const { lon, lat } = (await answer.json()) as { lon: number; lat: number };
        return { lon, lat };
      };
      expect(await places(original)).toEqual(caseEvent(1, 'backup').data.location);
      expect(await places(restored)).toEqual(caseEvent(1, 'backup').data.location);

      const shown = async ({ url, fetch: ask }: Started) => {
        const answer = await ask(`${url}/api/citizens/photos/${pictureHash}?district=q7`);
        return [answer.status, Buffer.from(await answer.arrayBuffer()).toString('base64')];
      };
      expect((await shown(original))[0]).toBe(200);
      expect(await shown(restored)).toEqual(await shown(original));

      const again = await signIn(restored.url);
      expect(again.status).toBe(204);
      for (const one of [again.cookie, cookie]) {
        const me = await fetch(`${restored.url}/api/identity/me`, { headers: { cookie: one } });
        expect(await me.json()).toMatchObject({ known: true, name: person.name, manages: true });
      }
      // The same places and everything since: the chain goes on where the backup was.
      const chain = (await (await restored.fetch(`${restored.url}/api/chain`)).json()) as {
        damage: string[];
        journals: { stream: string; checked: boolean }[];
      };
      expect(chain.damage).toEqual([]);
      expect(chain.journals.every(({ checked }) => checked)).toBe(true);
      const answer = await restored.fetch(`${restored.url}/api/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents-batch+json' },
        body: JSON.stringify([caseEvent(1, 'after')]),
      });
      expect(answer.status).toBe(201);
      expect((await run('verify', '--data', elsewhere)).stdout).toMatch(/^no damage$/m);
    } finally {
      await restored.stop();
    }
    expect((await run('verify', '--data', elsewhere)).stdout).toMatch(/^no damage$/m);
  });

  test('restored a second time, from one file: the same journals', async () => {
    const file = join(folder, 'backup.tar');
    // A backup of the same moment, packed by hand.
    await promisify(execFile)('tar', ['-cf', file, '-C', backup(), '.']);
    const second = join(folder, 'second');
    const lines: string[] = [];
    const { verified } = await restoreBackup({
      from: file,
      keys: join(folder, 'kept-elsewhere'),
      dataFolder: second,
      log: silentLog,
      say: (line) => lines.push(line),
    });
    expect(lines.join('\n')).toMatch(
      /there are no keys of persons .* cannot be read; cases and their counts are there/,
    );
    expect(verified.gone).toEqual([]);
    expect(
      verified.journals.map(({ stream, events, journalEnds, damage }) => ({ stream, events, journalEnds, damage })),
    ).toEqual(
      manifest.streams
        .map(({ stream, events, lastSequence }) => ({ stream, events, journalEnds: lastSequence, damage: [] }))
        .toSorted(
          (a, b) =>
            verified.journals.findIndex(({ stream }) => stream === a.stream) -
            verified.journals.findIndex(({ stream }) => stream === b.stream),
        ),
    );
    expect(readdirSync(folder).filter((name) => name.startsWith('.vung'))).toEqual([]);
  });

  test('one file on request', async () => {
    const file = join(folder, 'asked.tar');
    await run('backup', '--data', data(), '--to', file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { stdout } = await promisify(execFile)('tar', ['-tf', file]);
    expect(stdout).toMatch(/^\.\/manifest\.json$/m);
    await expect(run('backup', '--data', data(), '--to', file)).rejects.toThrow(/there already/);
  });

  test('one file, locked by a pass phrase with the keys of persons beside it, and unlocked by it alone', async () => {
    const file = join(folder, 'locked.tar');
    const [phrase, other] = ['phrase', 'other'].map((name) => join(folder, name)) as [string, string];
    writeFileSync(phrase, 'chín con trâu mười con gà\n', { mode: 0o600 });
    writeFileSync(other, 'mười con trâu chín con gà\n', { mode: 0o600 });
    const asFolder = run('backup', '--data', data(), '--to', join(folder, 'a-folder'), '--pass-phrase-file', phrase);
    await expect(asFolder).rejects.toThrow(/locks one file/);
    await run('backup', '--data', data(), '--to', file, '--pass-phrase-file', phrase);
    expect(readFileSync(file).includes('manifest.json')).toBe(false);
    for (const key of readdirSync(join(folder, 'locked.keys')))
      expect(isLocked(join(folder, 'locked.keys', key))).toBe(true);
    const target = join(folder, 'unlocked');
    const refused: [string[], RegExp][] = [
      [[], /is locked: --pass-phrase-file/],
      [['--pass-phrase-file', other], /pass phrase is another one/],
    ];
    for (const [args, reason] of refused) {
      await expect(run('restore', '--from', file, '--data', target, ...args)).rejects.toThrow(reason);
      expect(existsSync(target)).toBe(false);
    }
    const { stdout } = await run('restore', '--from', file, '--data', target, '--pass-phrase-file', phrase);
    expect(stdout).toMatch(/restored; npm start/);
    for (const key of readdirSync(join(target, 'keys'))) expect(isLocked(join(target, 'keys', key))).toBe(false);
    expect(readdirSync(folder).filter((name) => /unfinished|^\.vung/.test(name))).toEqual([]);
  });

  describe('what is refused, before anything is written', () => {
    const refused = async (harm: (copy: string) => void, reason: RegExp) => {
      const copy = join(folder, 'harmed');
      cpSync(backup(), copy, { recursive: true });
      try {
        harm(copy);
        const target = join(folder, 'refused');
        const restoring = restoreBackup({ from: copy, dataFolder: target, log: silentLog, say: () => {} });
        await expect(restoring).rejects.toThrow(reason);
        expect(existsSync(target)).toBe(false);
      } finally {
        rmSync(copy, { recursive: true });
      }
    };
    const flip = (path: string) => {
      const bytes = readFileSync(path);
      bytes[Math.floor(bytes.length / 2)]! ^= 1;
      writeFileSync(path, bytes);
    };

    test.each(['journal/VX_q7.snapshot', 'database.sql', 'data/admin-token', 'manifest.json'])(
      'a flipped byte in %s',
      (path) => refused((copy) => flip(join(copy, path)), new RegExp(`^${path} is damaged`)),
    );

    test('every file of it: one byte less, and not there', async () => {
      for (const { path } of manifest.files.filter((_, index) => index % 5 === 0)) {
        await refused((copy) => rmSync(join(copy, path)), new RegExp(`${path.replaceAll('.', '\\.')} is missing`));
        await refused(
          (copy) => writeFileSync(join(copy, path), readFileSync(join(copy, path)).subarray(1)),
          new RegExp(`${path.replaceAll('.', '\\.')} is damaged`),
        );
      }
    });

    test('one that was not finished', () => refused((copy) => rmSync(join(copy, 'manifest.json')), /not finished/));

    test('a newer format, a migration that is not known here, a newer nats-server', async () => {
      const written = (change: Partial<Manifest>) => (copy: string) => writeManifest(copy, { ...manifest, ...change });
      await refused(written({ format: 99 }), /newer version.*format 99/);
      const schemas = [{ schema: 'identity', migrations: ['0001_identity', '9999_later'] }];
      await refused(written({ schemas }), /newer version.*identity 9999_later/);
      await refused(written({ natsServer: '99.0.0' }), /nats-server 99/);
    });

    test('a folder that is not empty, and one that a restore left half', async () => {
      const taken = join(folder, 'taken');
      mkdirSync(taken);
      writeFileSync(join(taken, 'mine'), 'x');
      await expect(run('restore', '--from', backup(), '--data', taken)).rejects.toThrow(/not empty/);
      expect(readdirSync(taken)).toEqual(['mine']);
      writeFileSync(join(taken, 'restore-unfinished'), 'x');
      await expect(start(taken, '--no-drill')).rejects.toThrow(/restore .* was broken off/);
    });
  });
});
