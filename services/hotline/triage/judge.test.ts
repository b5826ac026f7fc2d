import { expect, test } from 'vitest';
import { type Answers, judge } from './judge.ts';

const at = '2021-10-01T00:00:00Z';

// Source: rule-sets.json. The last value on one side and the first on the other.
test.each<[Answers, string, boolean]>([
  [{}, 'well', false],
  [{ keys: '1' }, 'well', false],
  [{ keys: '2' }, 'watch', false],
  [{ keys: '3' }, 'urgent', true],
  [{ keys: '9' }, 'emergency', true],
  // The last key that means something.
  [{ keys: '19' }, 'emergency', true],
  [{ keys: '91#' }, 'well', false],
  [{ oxygenPercent: 97 }, 'well', false],
  [{ oxygenPercent: 96.9 }, 'urgent', true],
  [{ oxygenPercent: 95 }, 'urgent', true],
  [{ oxygenPercent: 94.9 }, 'emergency', true],
  [{ breathsPerMinute: 20 }, 'well', false],
  [{ breathsPerMinute: 21 }, 'urgent', true],
  [{ breathsPerMinute: 30 }, 'urgent', true],
  [{ breathsPerMinute: 31 }, 'emergency', true],
  [{ symptoms: ['fever'] }, 'watch', false],
  [{ symptoms: ['fever', 'hard-to-breathe'] }, 'emergency', true],
  // The gravest holds, whichever says it.
  [{ keys: '1', oxygenPercent: 90 }, 'emergency', true],
])('%o is %s', (answers, level, redFlag) => expect(judge(answers, at)).toMatchObject({ level, redFlag }));

test('what spoke for it is told, and by which rules', () => {
  expect(judge({ symptoms: ['fever', 'cough'], keys: '2' }, at)).toEqual({
    level: 'watch',
    ruleSet: 'hcdc-2021-08',
    because: ['fever', 'cough', 'key 2'],
    redFlag: false,
  });
});
