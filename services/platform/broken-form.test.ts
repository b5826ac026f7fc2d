import { expect, test } from 'vitest';
import { createApp } from './app.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { everybodyMay } from './permission.ts';

test.each([
  ['cut off', '--abc\r\nContent-Disposition: form-data; name="file"'],
  ['of another boundary', '--other\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--other--\r\n'],
  ['no form', 'nothing of the kind'],
])('a form that is %s is refused, and is no fault of ours', async (_what, body) => {
  const app = createApp({
    ...{ name: 'form', log: createLog('form', 'silent'), metrics: createMetrics('form'), permit: everybodyMay },
    access: { 'POST /form': { action: 'a', dataClass: 'public', district: 'none' } },
  });
  app.post('/form', async (context) => context.json(await context.req.parseBody()));
  const answer = await app.request('/form', {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=abc' },
    body,
  });
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ field: 'body' }] }]);
});
