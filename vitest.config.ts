import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { facesPlugin } from './web/faces-plugin.ts';

/** Components of the web, mounted in a document: `*.dom.test.ts`. */
const mounted = 'web/src/**/*.dom.test.ts';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'services',
          include: ['services/**/*.test.ts', 'ml/**/*.test.ts', 'deploy/**/*.test.ts', 'web/e2e/**/*.test.ts'],
          globalSetup: ['./vitest.servers.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: [facesPlugin()],
        test: { name: 'web', include: ['web/{src,dev}/**/*.test.ts'], exclude: [mounted] },
      },
      {
        extends: true,
        plugins: [facesPlugin(), svelte({ configFile: false }), svelteTesting()],
        test: {
          name: 'panels',
          include: [mounted],
          environment: 'jsdom',
          // One document a worker: a page of jsdom takes a second to make, and components keep nothing outside of their centre.
          isolate: false,
          setupFiles: ['web/src/testing/setup.ts'],
          unstubGlobals: true,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
