import { describe, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Caller } from './permission.ts';
import { exactAreas, ownExactAreas } from './small-cells.ts';

const count = { action: 'count.read', dataClass: 'aggregate' } as const;
const caller = (reach: 'all' | string[] | undefined): Caller => ({
  known: true,
  may: () => true,
  reach: (action) => (action !== 'row.read' ? undefined : Array.isArray(reach) ? new Set(reach) : reach),
});
let asks = caller('all');
const app = createApp({
  name: 'counts',
  log: createLog('counts', 'silent'),
  metrics: createMetrics('counts'),
  access: {
    'GET /silent': count,
    'GET /rows-only': { ...count, protection: 'rows-only' },
    'GET /of-area': { ...count, protection: 'rows-only', area: 'query.areaId' },
    'GET /own': { ...count, protection: 'own-areas' },
    'GET /released': { ...count, protection: 'released' },
    'GET /trees': { ...count, protection: 'not-of-persons' },
    'GET /public': { action: 'place.read', dataClass: 'public' },
  },
  permit: () => asks,
  smallCells: { exactAction: 'row.read', holdsIn: async (district) => district !== 'made-up' },
});
for (const path of ['/silent', '/rows-only', '/of-area', '/trees', '/public'])
  app.get(path, (context) => context.text('told'));
app.get('/own', async (context) => context.json([...(await ownExactAreas(context, context.req.query('district')!))]));
app.get('/released', async (context) => context.json([...(await exactAreas(context, context.req.query('district')!))]));

const status = async (reach: 'all' | string[] | undefined, path: string) => {
  asks = caller(reach);
  return (await app.request(path)).status;
};

describe('a route of counts', () => {
  test.each(['/silent', '/rows-only', '/of-area', '/own'])('%s is for those who may see rows', async (path) => {
    expect(await status('all', `${path}?district=q7`)).toBe(200);
    expect(await status(undefined, `${path}?district=q7`)).toBe(403);
    // One district that is made up does not open another.
    expect(await status(undefined, `${path}?district=made-up`)).toBe(200);
    if (path !== '/own') expect(await status(undefined, `${path}?district=made-up&district=q7`)).toBe(403);
  });

  test.each(['/released', '/trees', '/public'])('%s is for everybody', async (path) => {
    expect(await status(undefined, `${path}?district=q7`)).toBe(200);
  });

  test('is told of one’s own area, where it is of one area, and of no other', async () => {
    expect(await status(['a'], '/of-area?district=q7&areaId=a')).toBe(200);
    expect(await status(['a'], '/of-area?district=q7&areaId=b')).toBe(403);
    expect(await status(['a'], '/of-area?district=q7&areaId=a&areaId=b')).toBe(403);
    expect(await status(['a'], '/of-area?district=q7')).toBe(403);
    // A route that does not say that it is of one area is of all of them, whatever is asked.
    expect(await status(['a'], '/rows-only?district=q7&areaId=a')).toBe(403);
    expect(await status(['a'], '/own?district=q7')).toBe(200);
  });

  test('a refusal says why, in the reader’s language', async () => {
    asks = caller(undefined);
    const answer = await app.request('/rows-only?district=q7', { headers: { 'accept-language': 'vi' } });
    expect(await answer.json()).toMatchObject({
      title: 'Không được phép',
      status: 403,
      reason: 'small-cells',
      district: 'q7',
    });
  });
});
