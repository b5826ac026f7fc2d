import { folderOf, schemaOf } from './contracts/subsystem.ts';
import { services } from './services.ts';

/** Schemas in the order in which they are made: later ones read views of earlier ones. */
export const schemas: { schema: string; folder: URL }[] = services.flatMap((service) => {
  const schema = schemaOf(service);
  return schema === null ? [] : [{ schema, folder: new URL(`./${folderOf(service)}/migrations/`, import.meta.url) }];
});
