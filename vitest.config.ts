import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { facesPlugin } from './web/faces-plugin.ts';

/** Components of the web, mounted in a document: `*.dom.test.ts`. */
const mounted = 'web/src/**/*.dom.test.ts';

/**
 * Everything but the web. What needs PostgreSQL, NATS or Chromium is called `*.int.test.ts`, what computes for long without a server `*.long.test.ts`;
 * the rest is `npm run test:unit`, for while one writes.
 */
const plain = [
  'services/**/*.test.ts',
  'ml/**/*.test.ts',
  'deploy/**/*.test.ts',
  'docs/**/*.test.ts',
  'k8s/**/*.test.ts',
];
const needsServers = '**/*.int.test.ts';
const long = '**/*.long.test.ts';
/** Register subsystems and events of their own, which nothing takes back: in a shared worker they would be in the lists of the files after them. */
const registers = ['services/contracts/subsystem.test.ts', 'services/intake/older-versions.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    // What is waited for may come late on a busy machine; what never comes is still found.
    expect: { poll: { timeout: 90_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: plain,
          exclude: [needsServers, long, ...registers],
          setupFiles: ['services/testing-setup.ts'],
          // One worker runs many files: to make one for each took 10 s of 27 s.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { name: 'apart', include: registers } },
      {
        extends: true,
        plugins: [facesPlugin()],
        test: {
          name: 'long',
          include: ['{services,ml,deploy,web/src,web/dev}/**/*.long.test.ts'],
          setupFiles: ['services/testing-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'servers',
          include: [...plain.map((folder) => folder.replace('*.test.ts', '*.int.test.ts')), 'web/e2e/**/*.test.ts'],
          globalSetup: ['./vitest.servers.ts'],
          setupFiles: ['services/platform/testing/everybody-may.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        plugins: [facesPlugin()],
        test: {
          name: 'web',
          include: ['web/{src,dev}/**/*.test.ts'],
          exclude: [mounted, long],
          isolate: false,
          testTimeout: 60_000,
        },
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
          // Libraries of components come as .svelte files, which Node does not read itself.
          server: { deps: { inline: [/@lucide\/svelte/, /bits-ui/, /svelte-toolbelt/, /runed/] } },
        },
      },
    ],
  },
});
