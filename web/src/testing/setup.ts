import { configure } from '@testing-library/svelte';
import { afterAll, vi } from 'vitest';

// What is waited for comes at once on an idle machine; a busy one may take its time.
configure({ asyncUtilTimeout: 90_000 });

// Panels come when they are shown: what a test's last screen still asks for may not be on its way when its document is taken down.
afterAll(() => vi.dynamicImportSettled());

// What jsdom does not have. It lays nothing out, so no size ever changes. Of a dialog, open and closed is what can be seen here; that nothing
// behind it can be reached is left to the browser's own tests.
// No window is wide or light here, and none changes.
window.matchMedia ??= (media) =>
  Object.assign(new EventTarget(), { media, matches: false, onchange: null, addListener() {}, removeListener() {} });
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  if (!this.open) return;
  this.open = false;
  this.dispatchEvent(new Event('close'));
};
