import { folderOf, readsOf, schemaOf } from './contracts/subsystem.ts';
import { services } from './services.ts';

export interface Schema {
  schema: string;
  /** The service that owns it and alone writes it. */
  service: string;
  folder: URL;
  /** Services whose published views the owner reads. */
  reads: readonly string[];
  /** Its rows are no projection of the journal. */
  kept: boolean;
  /** The owner may read its tables and add rows, and nothing else: they are the operator's. */
  addsRowsOnly: boolean;
}

/** Schemas in the order in which they are made: later ones read views of earlier ones. */
export const schemas: Schema[] = services.flatMap((service) => {
  const schema = schemaOf(service);
  if (schema === null) return [];
  const folder = new URL(`./${folderOf(service)}/migrations/`, import.meta.url);
  const { name, keepsRows = false, addsRowsOnly = false } = service;
  return [{ schema, service: name, folder, reads: readsOf(service), kept: keepsRows, addsRowsOnly }];
});
