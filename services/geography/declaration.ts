import { geographyAccess } from '#contracts/access/geography.ts';
import { areaRevised } from '#contracts/events/geography/area-revised.ts';
import { districtRegistered } from '#contracts/events/geography/district-registered.ts';
import { areas } from '#contracts/events/geography/feeds.ts';
import { mapFeatureRevised } from '#contracts/events/geography/map-feature-revised.ts';
import { populationPublished } from '#contracts/events/geography/population-published.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';
import { population } from './import/population.ts';

/** Districts, areas, population, and what the map is made of. */
export const geography = defineSubsystem({
  name: 'geography',
  words: { vi: 'Địa giới', en: 'Geography' },
  memory: 'beside',
  prefixes: ['/api/districts', '/api/geography', '/api/tiles', '/api/ogc'],
  access: geographyAccess,
  events: [areaRevised, districtRegistered, mapFeatureRevised, populationPublished],
  feeds: [areas],
  imports: [population],
});
