import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';
import { facesPlugin } from './faces-plugin.ts';
import { offlinePlugin } from './offline-plugin.ts';

/**
 * `vite` alone talks to a running centre (VX_API, such as http://localhost:8080); `VX_MOCK=1 vite` answers from seeded data of its own.
 * The build knows neither: it is plain files that the edge serves at /.
 */
/** The product answers to its own names and port alone: what the development page asks goes as its own page's. */
const asItsOwnPage = (target: string) => ({ target, changeOrigin: true, headers: { origin: new URL(target).origin } });

/** The edge sends the compressed file where the browser takes it. Fonts are compressed already. */
const compressed = compression({
  include: /\.(js|css|html|svg|json|webmanifest)$/,
  threshold: 1000,
  algorithms: [defineAlgorithm('gzip', { level: 9 }), defineAlgorithm('brotliCompress')],
});

export default defineConfig(async ({ command }) => {
  const mock = command === 'serve' && process.env.VX_MOCK === '1';
  return {
    plugins: [
      facesPlugin(),
      svelte(),
      offlinePlugin(),
      compressed,
      ...(mock ? [(await import('./dev/mock-plugin.ts')).mockPlugin()] : []),
    ],
    build: { target: 'es2022', chunkSizeWarningLimit: 2000 },
    server: mock ? {} : { proxy: { '/api': asItsOwnPage(process.env.VX_API ?? 'http://localhost:8080') } },
  };
});
