import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/500.css';
import '@fontsource/be-vietnam-pro/600.css';
import '@fontsource/be-vietnam-pro/700.css';
import './tokens.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { Centre } from './centre.svelte.ts';
import { Words } from './i18n/language.svelte.ts';
import { firstCellZoom } from './map/cells.ts';

const asked = new URLSearchParams(location.hash.slice(1));
// Whoever has no account: a page of its own, `#phan-anh&district=…`, which needs nothing of the centre.
if (asked.has('phan-anh')) {
  const words = new Words();
  words.restore(asked.get('lang') ?? undefined);
  void import('./citizen/CitizenPage.svelte').then(({ default: CitizenPage }) =>
    mount(CitizenPage, {
      target: document.getElementById('app')!,
      props: {
        words,
        district: asked.get('district') ?? 'q7',
        reference: asked.get('ref') ?? '',
        theme: asked.get('theme'),
      },
    }),
  );
} else openCentre();

function openCentre() {
  const centre = new Centre(new Words());
  centre.readAddress(location.hash);
  // A one-time code stays neither on the screen nor in the browser's history.
  if (centre.account.code) history.replaceState(null, '', centre.address());
  addEventListener('hashchange', () => centre.readAddress(location.hash));
  // Most of what is loaded is the map: it is asked for beside the first question, not after its answer.
  if (centre.screen === 'map' || centre.screen === 'wall') {
    void import('./screens/map/MapScreen.svelte');
    void import('./map/Map.svelte');
  }
  // Until the map says what it shows: a district as a whole, as cells.
  centre.cellZoom = firstCellZoom;
  mount(App, { target: document.getElementById('app')!, props: { centre } });
}
// The shell is kept for when there is no network; numbers never are (offline/kept.ts).
if (import.meta.env.MODE === 'production' && 'serviceWorker' in navigator)
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(console.warn));
