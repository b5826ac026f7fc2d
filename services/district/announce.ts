import type { Figure } from '#contracts/http.ts';
import { type Committed, committedSubject, type LiveFigure } from '#contracts/live.ts';
import { FigureAnnouncer } from '#platform/announcer.ts';
import type { ServiceParts } from '#platform/service.ts';

export type AreaFigure = Omit<LiveFigure, 'throughSequence'>;

/** Figures as a service answers them → as the bus tells them. What lies in no area is told of nobody. */
export const toldFigures = (areas: readonly { areaId: string | null; figures: readonly Figure[] }[]): AreaFigure[] =>
  areas.flatMap(({ areaId, figures }) =>
    areaId === null
      ? []
      : figures.map(({ formula, value, unit, numerator, denominator }) => ({
          areaId,
          formula,
          value,
          unit,
          numerator: numerator ?? null,
          denominator: denominator ?? null,
        })),
  );

/** Tells the bus what a service has committed, with the figures of the touched areas. */
export function figureAnnouncer(
  { broker, log }: Pick<ServiceParts, 'broker' | 'log'>,
  service: string,
  compute: (district: string, areaIds: string[]) => Promise<AreaFigure[]>,
): FigureAnnouncer<AreaFigure> {
  return new FigureAnnouncer<AreaFigure>({
    log,
    compute,
    say: ({ district, throughSequence, areaIds, figures }) => {
      const message: Committed = {
        district,
        service,
        throughSequence,
        areaIds,
        figures: figures.map((figure) => ({ ...figure, throughSequence })),
      };
      broker.connection.publish(committedSubject(district, service), JSON.stringify(message));
    },
  });
}
