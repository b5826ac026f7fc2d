/** Rests of work that goes on in the background: those that are being waited for end at once when the service stops. */
export class Pauses {
  private readonly wakes = new Set<() => void>();
  private stopped = false;

  /** Resolves after the time, or when `stop` is called; at once after that. */
  pause(milliseconds: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.wakes.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.wakes.add(wake);
    });
  }

  stop(): void {
    this.stopped = true;
    for (const wake of this.wakes) wake();
  }
}
