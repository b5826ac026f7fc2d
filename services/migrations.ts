/** Schemas in the order in which they are made: later ones read views of earlier ones. */
export const schemas: { schema: string; folder: URL }[] = [
  { schema: 'geography', folder: new URL('./geography/migrations/', import.meta.url) },
  { schema: 'epidemic', folder: new URL('./epidemic/migrations/', import.meta.url) },
  { schema: 'urban_order', folder: new URL('./urban-order/migrations/', import.meta.url) },
  { schema: 'economy', folder: new URL('./economy/migrations/', import.meta.url) },
  { schema: 'ml', folder: new URL('./outlook/migrations/', import.meta.url) },
];
