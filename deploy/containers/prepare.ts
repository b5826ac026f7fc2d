// node deploy/containers/prepare.ts: schemas, roles, the places of the district, before the services start. May be run again.
import { prepareServers } from '../local/prepare-servers.ts';
import { operatorsUrls } from './operator.ts';

const { databaseUrl, natsUrl, secret } = operatorsUrls(process.env);
await prepareServers({
  databaseUrl,
  natsUrl,
  replicas: Number(process.env.NATS_REPLICAS || 1),
  secretOf: secret,
  district: process.env.VX_DISTRICT || undefined,
  say: (line) => void process.stdout.write(`${line}\n`),
});
process.exit(0);
