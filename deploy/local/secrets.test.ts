import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretOf } from './secrets.ts';

test('a secret is made once, is 32 bytes, differs between programmes, and only the owner can read it', () => {
  const data = mkdtempSync(join(tmpdir(), 'vung-xanh-secrets-'));
  try {
    const secret = secretOf(data, 'intake');
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(secretOf(data, 'drill')).not.toBe(secret);
    const modeOf = (path: string) => statSync(join(data, 'secrets', path)).mode & 0o777;
    expect([modeOf('.'), modeOf('intake')]).toEqual([0o700, 0o600]);
    chmodSync(join(data, 'secrets/intake'), 0o644);
    expect(secretOf(data, 'intake')).toBe(secret);
    expect(modeOf('intake')).toBe(0o600);
    expect(readdirSync(join(data, 'secrets')).sort()).toEqual(['drill', 'intake']);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

test('a damaged secret is said, without showing it, and made anew', () => {
  const data = mkdtempSync(join(tmpdir(), 'vung-xanh-secrets-'));
  try {
    const before = secretOf(data, 'intake');
    for (const damaged of ['', before.slice(0, 20), `${before.slice(0, 40)}\0\0\0`]) {
      writeFileSync(join(data, 'secrets/intake'), damaged);
      const said: string[] = [];
      const after = secretOf(data, 'intake', (line) => said.push(line));
      expect(Buffer.from(after, 'base64url')).toHaveLength(32);
      expect(after).not.toBe(before);
      expect(said).toEqual([expect.stringContaining('is damaged')]);
      if (damaged) expect(said[0]).not.toContain(damaged);
      expect(secretOf(data, 'intake')).toBe(after);
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
