import type { AccessTable } from './table.ts';

export const liveAccess: AccessTable = {
  // Each layer is asked for by its own data class: who may see no persons gets the other layers, and no figure of persons.
  'GET /api/stream': { action: 'stream.read', dataClass: 'aggregate', protection: 'released' },
  'GET /api/feeds': { action: 'feed.read', dataClass: 'public' },
  'GET /api/openapi.json': { action: 'api.read', dataClass: 'public', district: 'none' },
  'GET /api/reference': { action: 'api.read', dataClass: 'public', district: 'none' },
  // Who gathers the metrics asks a port on the inside (VX_METRICS_PORT); by the front door it takes the right.
  'GET /metrics': { action: 'metrics.read', dataClass: 'public', district: 'none' },
  'GET /api/status': { action: 'status.read', dataClass: 'public', district: 'none' },
};
