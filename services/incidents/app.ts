import { entityService } from '#lifecycle/entity/service.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { incidents } from './declaration.ts';
import { incident } from './incident.ts';

export default (): ServiceDefinition => entityService(incidents, incident, import.meta.url);
