import type { AccessTable } from './table.ts';

export const geographyAccess: AccessTable = {
  // Shows each caller his own.
  'GET /api/districts': { action: 'place.read', dataClass: 'public', district: 'inside' },
  'POST /api/districts': { action: 'district.register', dataClass: 'public', district: 'body.districtId' },
  'DELETE /api/districts/:id': { action: 'district.remove', dataClass: 'public', district: 'path.id' },
  'GET /api/geography/areas': { action: 'place.read', dataClass: 'public' },
  'GET /api/geography/areas/:areaId': { action: 'place.read', dataClass: 'public' },
  'GET /api/geography/locate': { action: 'place.read', dataClass: 'public' },
  'GET /api/geography/search': { action: 'place.read', dataClass: 'public' },
  'POST /api/geography/imports/areas': { action: 'area.revise', dataClass: 'public' },
  'POST /api/geography/reforms': { action: 'area.revise', dataClass: 'public' },
  'GET /api/geography/context': { action: 'place.read', dataClass: 'public' },
  'GET /api/tiles/:layer': { action: 'place.read', dataClass: 'public' },
  'GET /api/tiles/:layer/:z/:x/:tile': { action: 'place.read', dataClass: 'public' },
  'GET /api/tiles/cases/:z/:x/:tile': { action: 'case.map', dataClass: 'person' },
  'GET /api/ogc': { action: 'place.read', dataClass: 'public', district: 'none' },
  'GET /api/ogc/conformance': { action: 'place.read', dataClass: 'public', district: 'none' },
  'GET /api/ogc/api': { action: 'place.read', dataClass: 'public', district: 'inside' },
  'GET /api/ogc/collections': { action: 'place.read', dataClass: 'public', district: 'inside' },
  'GET /api/ogc/collections/:collectionId': {
    action: 'place.read',
    dataClass: 'public',
    district: 'path.collectionId',
  },
  'GET /api/ogc/collections/:collectionId/items': {
    action: 'place.read',
    dataClass: 'public',
    district: 'path.collectionId',
  },
  'GET /api/ogc/collections/:collectionId/items/:featureId': {
    action: 'place.read',
    dataClass: 'public',
    district: 'path.collectionId',
  },
};
