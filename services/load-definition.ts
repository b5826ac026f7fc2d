import { folderOf, type Subsystem } from './contracts/subsystem.ts';
import type { ServiceDefinition } from './platform/service.ts';

/** Loads the code of a service that keeps rows: what `app.ts` of its folder exports by default makes its definition. */
export async function loadDefinition(service: Subsystem): Promise<ServiceDefinition> {
  const { default: define } = (await import(`./${folderOf(service)}/app.ts`)) as { default: () => ServiceDefinition };
  return define();
}
