/** A thread for the tests of its own room: it does what it is asked, the bad things too. */
import { answerQuestions, moved } from '../index.ts';

export type Asked =
  | { kind: 'double'; values: Float64Array }
  | { kind: 'share'; values: Float64Array }
  | { kind: 'wait'; milliseconds: number }
  | { kind: 'refuse' }
  | { kind: 'loop' }
  | { kind: 'exit' }
  | { kind: 'fill-memory' };

export interface AskedAnswers {
  double: Float64Array;
  /** the answer, and how many bytes of it the thread still has when asked again */
  share: { values: Float64Array; bytesKept: number };
  wait: string;
  refuse: never;
  loop: never;
  exit: never;
  'fill-memory': never;
}

let given: Float64Array | undefined;

answerQuestions<Asked>(async (asked, progress) => {
  switch (asked.kind) {
    case 'double':
      return asked.values.map((value) => 2 * value);
    case 'share': {
      const bytesKept = given?.byteLength ?? 0;
      given = asked.values;
      return moved({ values: given, bytesKept }, [given.buffer as ArrayBuffer]);
    }
    case 'wait':
      progress(0.5);
      await new Promise((resolve) => setTimeout(resolve, asked.milliseconds));
      return 'waited';
    case 'refuse':
      throw Object.assign(new RangeError('no cases'), { reason: 'too-few-cases' });
    case 'loop':
      progress(0);
      for (;;);
    case 'exit':
      return process.exit(3);
    case 'fill-memory': {
      const kept: number[][] = [];
      for (;;) kept.push(new Array(100_000).fill(Math.PI));
    }
  }
});
