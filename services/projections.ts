import type { Projection } from '#platform/projection.ts';
import { economyProjection } from './economy/projection.ts';
import { epidemicProjection } from './epidemic/projection.ts';
import { placesProjection } from './geography/projections/places.ts';
import { pointProjections } from './geography/projections/points.ts';
import { mlProjection } from './outlook/projection.ts';
import { violationProjection } from './urban-order/violation/projection.ts';

/** Every projection there is, in stages: a later stage reads rows of an earlier one (which area a point lies in). */
export const projectionStages: (() => Projection)[][] = [
  [() => placesProjection({})],
  [
    () => epidemicProjection(),
    () => violationProjection(),
    () => economyProjection(),
    () => mlProjection(),
    ...pointProjections().map((projection) => () => projection),
  ],
];
