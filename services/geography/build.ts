import type { App } from '#platform/app.ts';
import { areaImportRoutes } from './routes/area-import.ts';
import { areaRoutes } from './routes/areas.ts';
import { districtRoutes } from './routes/districts.ts';
import { nameRoutes } from './routes/names.ts';
import { ogcRoutes } from './routes/ogc.ts';
import { reformRoutes } from './routes/reforms.ts';
import type { AddRoutes, GeographyParts } from './routes/service.ts';
import { tileRoutes } from './routes/tiles.ts';

const groups: AddRoutes[] = [
  districtRoutes,
  areaRoutes,
  nameRoutes,
  areaImportRoutes,
  reformRoutes,
  tileRoutes,
  ogcRoutes,
];

/** Adds every route of geography. */
export function buildGeography(app: App, parts: GeographyParts): void {
  for (const addRoutes of groups) addRoutes(app, parts);
}
