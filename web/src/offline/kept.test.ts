import { expect, test } from 'vitest';
import { answerFrom, isKept } from './kept.ts';

const origin = 'https://centre.example';
const from = (path: string, mode = 'cors', method = 'GET') => answerFrom(method, `${origin}${path}`, origin, mode);

test('numbers are never kept, whatever asks for them', () => {
  for (const path of ['/api', '/api/districts', '/api/epidemic/figures?district=q7', '/api/stream?district=q7'])
    for (const mode of ['cors', 'navigate', 'same-origin']) expect([path, from(path, mode)]).toEqual([path, 'network']);
});

test('the page is asked for first, files with their content in the name come from what is kept', () => {
  expect(from('/', 'navigate')).toBe('page');
  expect(from('/assets/index-abc.js')).toBe('file');
  expect(from('/sw.js')).toBe('network');
  expect(from('/manifest.webmanifest')).toBe('network');
  expect(from('/apiary', 'navigate')).toBe('network');
});

test('what others say, and what changes something, is left alone', () => {
  expect(answerFrom('GET', 'https://other.example/assets/x.js', origin, 'cors')).toBe('network');
  expect(from('/assets/x.js', 'cors', 'POST')).toBe('network');
});

test('only whole answers of our own are kept', () => {
  expect([200, 206, 304, 404, 500].map((status) => isKept({ status, type: 'basic' }))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(isKept({ status: 200, type: 'opaque' })).toBe(false);
});
