import { existsSync } from 'node:fs';
import { folderOf, type Subsystem } from './contracts/subsystem.ts';
import type { ServiceDefinition } from './platform/service.ts';

/** Loads the code of a service that keeps rows: what `app.ts` of its folder exports by default makes its definition. */
export async function loadDefinition(service: Subsystem): Promise<ServiceDefinition> {
  const { default: define } = (await import(`./${folderOf(service)}/app.ts`)) as { default: () => ServiceDefinition };
  return define();
}

/** Only loads it, and what it needs; a service without such a file is passed over. */
export async function loadCode(service: Subsystem): Promise<void> {
  const file = new URL(`./${folderOf(service)}/app.ts`, import.meta.url);
  if (existsSync(file)) await import(file.href);
}
