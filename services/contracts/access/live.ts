import type { AccessTable } from './table.ts';

export const liveAccess: AccessTable = {
  // Items name no person; positions of cases do, at street grain.
  'GET /api/stream': { action: 'stream.read', dataClass: 'person' },
  'GET /api/feeds': { action: 'feed.read', dataClass: 'public' },
  'GET /api/openapi.json': { action: 'api.read', dataClass: 'public' },
  'GET /api/reference': { action: 'api.read', dataClass: 'public' },
  'GET /api/status': { action: 'status.read', dataClass: 'public' },
};
