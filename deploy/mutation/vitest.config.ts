import { defineConfig } from 'vitest/config';

/** Quick tests that need no server, for the mutation run. The product's own run is vitest.config.ts at the root. */
export default defineConfig({
  test: {
    include: [
      'services/{citizens,clocks,contracts,district,economy,epidemic,geography,hotline,imports,intake,levels,lifecycle,live,platform,urban-order}/**/*.test.ts',
      'ml/{metrics,numerics,scenario}/**/*.test.ts',
      'ml/risk/bands.test.ts',
      'web/src/{charts,feed,map}/**/*.test.ts',
    ],
    exclude: [
      '**/*.{int,dom}.test.ts',
      'services/imports/{routes,run-import}.test.ts',
      // Fits, plans, threads and long runs: seconds each. What they hold of the model's core is held by the quick tests too.
      'ml/scenario/{compare,epidemic,fit,main,planner,published,threads}.test.ts',
    ],
    testTimeout: 30_000,
    maxWorkers: 1,
  },
});
