import { z } from '@hono/zod-openapi';
import { productSecrets } from './environment.ts';
import { allSecrets } from './secret-files.ts';

/** As `kubectl get secret vung-xanh -o json` prints it; values are base64. */
const printed = z.object({ kind: z.literal('Secret'), data: z.record(z.string(), z.string()) });

/**
 * The secrets as Kubernetes has them: `vung-xanh`, and `postgres-superuser` in the form that CloudNativePG asks for. As JSON, which is YAML.
 *
 * @param kept the secret `vung-xanh` of before, as kubectl prints it: what is in it stays. undefined: there is none yet
 * @param make a new secret
 * @throws ZodError when `kept` is something else: made anew, nobody could sign in, and no person's data could be read
 */
export function kubernetesSecrets(kept: unknown, make: () => string) {
  const data = kept === undefined ? {} : printed.parse(kept).data;
  const decoded = (name: string) =>
    data[name] === undefined ? undefined : Buffer.from(data[name], 'base64').toString('utf8');
  const secrets = allSecrets(decoded, make);
  const secret = (name: string, type: string, stringData: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, labels: { 'app.kubernetes.io/part-of': 'vung-xanh' } },
    type,
    stringData,
  });
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      secret('vung-xanh', 'Opaque', secrets),
      secret('postgres-superuser', 'kubernetes.io/basic-auth', {
        username: 'postgres',
        password: secrets[productSecrets.databaseOperator]!,
      }),
    ],
  };
}
