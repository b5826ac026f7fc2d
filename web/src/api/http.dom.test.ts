import { expect, test, vi } from 'vitest';
import { Words } from '../i18n/language.svelte.ts';
import { send } from './http.ts';

test('what is written is answered in the language on the screen', async () => {
  const fetched = vi.fn(async (_address: string, _request: RequestInit) => Response.json({}));
  vi.stubGlobal('fetch', fetched);
  const words = new Words();
  for (const language of ['vi', 'en'] as const) {
    words.choose(language);
    await send('/api/epidemic/cases', { method: 'POST', json: {} });
    expect(fetched.mock.lastCall?.[1].headers).toMatchObject({ 'accept-language': language });
  }
  await send('/api/districts');
  expect(fetched.mock.lastCall?.[1].headers).not.toHaveProperty('accept-language');
});
