/** The door of worker threads (Node only): the side that asks, and the side that answers. */
export { type AnsweredBy, answerQuestions, moved } from './answer-questions.ts';
export { AnsweringThread, type AskControl } from './answering-thread.ts';
