/** Progress on standard error: a bar on a terminal, else a line each five hundredths. */
export class ProgressBar {
  private readonly label: string;
  private readonly total: number;
  private shown = -1;

  /** @param total what the whole is, in any unit; 0: unknown, nothing is drawn */
  constructor(label: string, total: number) {
    this.label = label;
    this.total = total;
  }

  at(done: number, note = ''): void {
    if (this.total <= 0) return;
    const share = Math.min(1, done / this.total);
    const hundredths = Math.floor(share * 100);
    if (process.stderr.isTTY) {
      if (hundredths === this.shown && !note) return;
      const filled = '#'.repeat(Math.round(share * 30)).padEnd(30, '.');
      process.stderr.write(`\r${this.label} [${filled}] ${String(hundredths).padStart(3)} % ${note}`);
    } else if (hundredths >= this.shown + 5 || (hundredths === 100 && this.shown < 100)) {
      process.stderr.write(`${this.label} ${hundredths} % ${note}\n`);
    } else return;
    this.shown = hundredths;
  }

  end(): void {
    if (process.stderr.isTTY && this.shown >= 0) process.stderr.write('\n');
  }
}
