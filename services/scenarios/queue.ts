/** Work in line: one at a time, in the order of arrival. */
export interface Task {
  id: string;
  /** Ends when the signal says so. Its own failures are its own matter: it does not throw. */
  work: (signal: AbortSignal, progress: (share: number) => void) => Promise<void>;
}

export interface Standing {
  status: 'queued' | 'running';
  /** 0 is next; null when it runs. */
  position: number | null;
  progress: number;
}

interface Waiting extends Task {
  control: AbortController;
  progress: number;
  done: Promise<void>;
  settle: () => void;
}

export class RunQueue {
  private readonly waiting: Waiting[] = [];
  private running: Waiting | undefined;
  private stopped = false;
  private readonly changed: (id: string) => void;

  /** @param changed hears each change of a task's standing */
  constructor(changed: (id: string) => void) {
    this.changed = changed;
  }

  get length(): number {
    return this.waiting.length;
  }

  add(task: Task): void {
    if (this.stopped || this.standing(task.id)) return;
    let settle!: () => void;
    const done = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.waiting.push({ ...task, control: new AbortController(), progress: 0, done, settle });
    this.changed(task.id);
    this.next();
  }

  standing(id: string): Standing | undefined {
    if (this.running?.id === id) return { status: 'running', position: null, progress: this.running.progress };
    const position = this.waiting.findIndex((task) => task.id === id);
    return position < 0 ? undefined : { status: 'queued', position, progress: 0 };
  }

  /** Takes a task out of the line, or stops it. Resolves when it has ended. */
  async drop(id: string, reason: Error): Promise<void> {
    const task = this.running?.id === id ? this.running : this.waiting.find((waiting) => waiting.id === id);
    if (!task) return;
    task.control.abort(reason);
    const position = this.waiting.indexOf(task);
    if (position < 0) return task.done;
    this.waiting.splice(position, 1);
    task.settle();
    for (const { id: behind } of this.waiting.slice(position)) this.changed(behind);
  }

  /** Nothing more is begun; what runs is stopped. */
  async stop(reason: Error): Promise<void> {
    this.stopped = true;
    this.waiting.length = 0;
    this.running?.control.abort(reason);
    await this.running?.done;
  }

  private next(): void {
    if (this.running || this.stopped) return;
    const task = this.waiting.shift();
    if (!task) return;
    this.running = task;
    this.changed(task.id);
    for (const { id } of this.waiting) this.changed(id);
    const progress = (share: number) => {
      task.progress = Math.min(1, Math.max(task.progress, share));
      if (!task.control.signal.aborted) this.changed(task.id);
    };
    void task
      .work(task.control.signal, progress)
      .catch(() => {})
      .finally(() => {
        this.running = undefined;
        task.settle();
        this.changed(task.id);
        this.next();
      });
  }
}
