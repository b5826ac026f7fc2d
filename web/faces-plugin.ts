import type { Plugin } from 'vite';
import type { Faces } from '../services/contracts/faces.ts';

const id = '\0virtual:faces';

/** The declarations of the services as data of the app: `import faces from 'virtual:faces'`. None of their code comes along. */
export const facesPlugin = (): Plugin => ({
  name: 'vung-xanh-faces',
  resolveId: (source) => (source === 'virtual:faces' ? id : undefined),
  load: async (loaded) => (loaded === id ? `export default ${JSON.stringify(await readFaces())}` : undefined),
});

/** By Node itself, which runs the list as it is written. */
async function readFaces(): Promise<Faces> {
  const services = new URL('../services/', import.meta.url);
  await import(new URL('services.ts', services).href);
  const { faces } = (await import(new URL('contracts/faces.ts', services).href)) as { faces: () => Faces };
  return faces();
}
