import type { Plugin } from 'vite';
import { createMock } from './mock/server.ts';

/** Puts the mock before Vite's own server. */
export function mockPlugin(): Plugin {
  return {
    name: 'vung-xanh-mock',
    configureServer(server) {
      const mock = createMock();
      server.middlewares.use((request, response, next) => {
        mock.handle(request, response).then((done) => done || next(), next);
      });
      server.httpServer?.once('close', mock.stop);
    },
  };
}
