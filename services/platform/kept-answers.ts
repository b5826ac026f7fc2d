/** Answers that cost a fit, kept by their question; who asks the same meanwhile waits for the same. The oldest go. */
export class KeptAnswers<Answer> {
  private readonly kept = new Map<string, Promise<Answer>>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  of(question: string, compute: () => Promise<Answer>): Promise<Answer> {
    const known = this.kept.get(question);
    if (known) return known;
    const answer = compute();
    this.kept.set(question, answer);
    // A failure is not an answer: the next one asks again.
    answer.catch(() => this.kept.delete(question));
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.most) break;
      this.kept.delete(oldest);
    }
    return answer;
  }
}
