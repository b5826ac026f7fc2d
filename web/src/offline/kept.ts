/** Where an answer comes from: the network alone, the page (network first), or a file that never changes (kept first). */
export type Source = 'network' | 'page' | 'file';

/**
 * Only the shell is kept. Nothing below `/api` ever is: a number that was kept could be taken for one of now.
 *
 * @param url absolute
 * @param mode of the request, `navigate` when a page is opened
 */
export function answerFrom(method: string, url: string, origin: string, mode: string): Source {
  const { origin: from, pathname } = new URL(url);
  if (method !== 'GET' || from !== origin || pathname === '/api' || pathname.startsWith('/api/')) return 'network';
  if (mode === 'navigate') return pathname === '/' ? 'page' : 'network';
  return pathname.startsWith('/assets/') ? 'file' : 'network';
}

/** Whether an answer is worth keeping: a whole one of our own. */
export const isKept = ({ status, type }: Pick<Response, 'status' | 'type'>): boolean =>
  status === 200 && type === 'basic';
