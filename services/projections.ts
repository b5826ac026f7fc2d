import { schemaOf } from './contracts/subsystem.ts';
import { loadDefinition } from './load-definition.ts';
import type { Projection } from './platform/projection.ts';
import type { ServiceParts } from './platform/service.ts';
import { services } from './services.ts';

/** Every projection there is, in the order of the list. Nothing is followed yet. */
export async function allProjections(parts: ServiceParts): Promise<Projection[]> {
  const definitions = await Promise.all(
    services.filter((service) => schemaOf(service) !== null && !service.keepsRows).map(loadDefinition),
  );
  return definitions.flatMap((definition) => definition.compose(parts).projections);
}

/** Stages of a rebuild: the later one reads rows of the earlier one (which area a point lies in). */
export const rebuildStages = (projections: readonly Projection[]): Projection[][] => [
  projections.filter((projection) => projection.rebuiltFirst),
  projections.filter((projection) => !projection.rebuiltFirst),
];
