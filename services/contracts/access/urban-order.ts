import type { AccessTable } from './table.ts';

const read = { action: 'violation.read', dataClass: 'public' } as const;
const command = (action: string) => ({ action, dataClass: 'public' }) as const;

export const urbanOrderAccess: AccessTable = {
  'GET /api/urban-order/kinds': { ...read, district: 'none' },
  'GET /api/urban-order/violations': read,
  'GET /api/urban-order/violations/:id': read,
  'GET /api/urban-order/duplicates': read,
  'GET /api/urban-order/points': read,
  'GET /api/urban-order/figures': { action: 'violation.count', dataClass: 'aggregate', protection: 'not-of-persons' },
  'POST /api/urban-order/violations': { ...command('violation.report'), area: 'body.areaId' },
  'POST /api/urban-order/violations/:id/verify': { ...command('violation.verify'), area: 'entity' },
  'POST /api/urban-order/violations/:id/dismiss': { ...command('violation.verify'), area: 'entity' },
  'POST /api/urban-order/violations/:id/minute': { ...command('violation.minute'), area: 'entity' },
  'POST /api/urban-order/violations/:id/suspend': { ...command('violation.suspend'), area: 'entity' },
  'POST /api/urban-order/violations/:id/decide': { ...command('violation.decide'), area: 'entity' },
  'POST /api/urban-order/violations/:id/enforce': { ...command('violation.enforce'), area: 'entity' },
  'POST /api/urban-order/violations/:id/cancel': { ...command('violation.cancel'), area: 'entity' },
  'POST /api/urban-order/violations/:id/expire': { ...command('violation.expire'), area: 'entity' },
  'POST /api/urban-order/violations/:id/remedy': { ...command('violation.remedy'), area: 'entity' },
  'POST /api/urban-order/violations/:id/close': { ...command('violation.close'), area: 'entity' },
  'POST /api/urban-order/violations/:id/merge': command('violation.merge'),
};
