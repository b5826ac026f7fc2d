/** TensorFlow.js on the WASM backend (SIMD where the machine has it), made ready once. */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

let ready: Promise<string> | null = null;

/** @returns the name of the backend in use; rejects when the WASM backend cannot start */
export function prepareTensorflow(): Promise<string> {
  ready ??= (async () => {
    const require = createRequire(import.meta.url);
    setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + sep);
    // one thread: the same sums in the same order on every machine
    setThreadsCount(1);
    if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js: the WASM backend did not start');
    await tf.ready();
    return tf.getBackend();
  })();
  return ready;
}
