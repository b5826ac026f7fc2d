/// <reference lib="webworker" />
import { answerFrom, isKept } from './kept.ts';

/** Of the build: the version of what is kept, and the files of the shell. Put in by `offline-plugin.ts`. */
declare const shellVersion: string;
declare const shellFiles: readonly string[];
declare const self: ServiceWorkerGlobalScope;

const name = `shell ${shellVersion}`;

// What a page needs to open: asked for past the browser's own cache, so that a new version is whole.
self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(name);
      await cache.addAll(shellFiles.map((file) => new Request(file, { cache: 'reload' })));
    })(),
  );
});

// A new version waits until no page has the older one: those that are open may still ask for its chunks. What is new is seen all the same, as the page comes from the network.
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const other of await caches.keys()) if (other !== name) await caches.delete(other);
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const how = answerFrom(request.method, request.url, self.location.origin, request.mode);
  if (how === 'network') return;
  event.respondWith(how === 'page' ? page(request) : file(request));
});

/** The newest page; without a network the kept one, which says itself that it has no connection. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match('/');
    if (kept) return kept;
    throw error;
  }
}

/** A file whose name says its content: kept once it was seen. */
async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (isKept(answer)) await (await caches.open(name)).put(request, answer.clone());
  return answer;
}
