import { expect, test } from 'vitest';
import { modelWords } from './model.words.ts';

test('the reproduction number of the model is told apart from Rt: before immunity and isolation, and higher', () => {
  expect(modelWords.vi.reproduction('1,8 – 2,6')).toMatch(/trước khi trừ người đã miễn dịch.*cao hơn Rt/);
  expect(modelWords.en.reproduction('1.8 – 2.6')).toMatch(/immun.*Rt/);
});
