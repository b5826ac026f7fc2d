import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { services } from '../../services/services.ts';
import { findNatsServer } from '../local/programs.ts';
import { brokerUsers } from './broker-users.ts';
import { usesBroker } from './environment.ts';
import { allSecrets, brokerPasswords } from './secret-files.ts';

const kept = (path: string) => new URL(`../../${path}`, import.meta.url);
const nats = findNatsServer();

test('the users of the broker are those of the declarations', () => {
  const text = readFileSync(kept('k8s/base/broker-users.conf'), 'utf8');
  expect(text, 'run: node k8s/write.ts').toBe(brokerUsers());
  for (const { name } of services) expect(text.includes(`user: "${name}"`), name).toBe(usesBroker(name));
});

test.skipIf(!nats?.syncs)('nats-server reads the configuration, whatever the passwords begin with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nats-conf-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'secrets'));
  // A number, a sign, a word of the language.
  const starts = ['5k', '-1', 'true', '$x', '0x'];
  let made = 0;
  const secrets = allSecrets(
    () => undefined,
    () => `${starts[made++ % starts.length]}_${made}`,
  );
  writeFileSync(join(folder, 'secrets', brokerPasswords), secrets[brokerPasswords]!);
  copyFileSync(kept('deploy/containers/nats.conf'), join(folder, 'nats.conf'));
  writeFileSync(join(folder, 'broker-users.conf'), brokerUsers());
  const { status, stderr } = spawnSync(nats!.program, ['-t', '-c', join(folder, 'nats.conf')], { encoding: 'utf8' });
  expect(stderr).toContain('is valid');
  expect(status).toBe(0);
});
