// Before the services: their code is compiled once for all of them. Each would compile what they share by itself, at the same time.
import { loadCode } from '../../services/load-definition.ts';
import { services } from '../../services/services.ts';

await Promise.all([...services.map(loadCode), import('../../services/platform/service.ts')]);
process.exit(0);
