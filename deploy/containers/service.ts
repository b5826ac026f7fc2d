// node deploy/containers/service.ts NAME: one service of the list in a container, its secrets read from files.
import { serviceNamed } from '../../services/services.ts';
import { environmentOf, readSettings } from './environment.ts';
import { secretIn } from './secret-files.ts';

const { name } = serviceNamed(process.argv[2] ?? '');
const folder = process.env.VX_SECRETS ?? '/run/secrets/vung-xanh';
Object.assign(process.env, environmentOf(name, readSettings(process.env), secretIn(folder)));
await import('../../services/main.ts');
