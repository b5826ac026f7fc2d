import type { App } from '#platform/app.ts';
import { addAreaSeriesRoute } from './area-series.ts';
import { addCaseChangeRoute } from './case-changes.ts';
import { addCaseRoutes, addPointsRoute } from './cases.ts';
import { addCountRoute } from './counts.ts';
import { addFacilityRoute } from './facilities.ts';
import { addFeedRoute } from './feeds.ts';
import { addFigureRoutes } from './figures.ts';
import type { ReadParts } from './questions.ts';
import { addSeriesRoute } from './series.ts';
import { addVaccinationRoute } from './vaccination.ts';

const groups = [
  addFigureRoutes,
  addCaseRoutes,
  addCaseChangeRoute,
  addSeriesRoute,
  addAreaSeriesRoute,
  addCountRoute,
  addVaccinationRoute,
  addFacilityRoute,
  addFeedRoute,
  addPointsRoute,
];

/** Reads of epidemic: figures, the lists that sum to them, series, points, freshness. All take `asOf`. */
export function addReadRoutes(app: App, parts: ReadParts): void {
  for (const addRoutes of groups) addRoutes(app, parts);
}
