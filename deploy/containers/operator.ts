import { brokerUrlOf, databaseUrlOf, productSecrets, readSettings } from './environment.ts';
import { secretIn } from './secret-files.ts';

/** The servers as the operator reaches them, who may do everything. `VX_DATABASE_SUPERUSER` names the database's (`postgres`). */
export function operatorsUrls(env: NodeJS.ProcessEnv): {
  databaseUrl: string;
  natsUrl: string;
  secret: (name: string) => string;
} {
  const settings = readSettings(env);
  const secret = secretIn(env.VX_SECRETS ?? '/run/secrets/vung-xanh');
  const superuser = env.VX_DATABASE_SUPERUSER || 'postgres';
  return {
    databaseUrl: databaseUrlOf(settings, superuser, secret(productSecrets.databaseOperator)),
    natsUrl: brokerUrlOf(settings, 'operator', secret(productSecrets.operator)),
    secret,
  };
}
