import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate that signed itself, good for two days, with its files; `names` as `DNS:centre.example,IP:127.0.0.1`. */
export function temporaryCertificate(names: string) {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-certificate-'));
  const [certPath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const made = ['-subj', '/CN=test', '-addext', `subjectAltName=${names}`, '-keyout', keyPath, '-out', certPath];
  execFileSync('openssl', ['req', '-x509', ...curve, '-nodes', '-days', '2', ...made], { stdio: 'ignore' });
  return {
    certPath,
    keyPath,
    cert: readFileSync(certPath, 'utf8'),
    key: readFileSync(keyPath, 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
