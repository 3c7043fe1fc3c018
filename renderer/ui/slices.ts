/** Long work in slices, between which a worker hears its messages, and a window its user. */

/** What it needs of the world: a clock in milliseconds, and a way to be called again after whatever waits. */
interface World {
  now(): number;
  later(task: () => void): void;
}

/** The window's. Tasks come after what waits already, a frame or a key press, but not some milliseconds later, as those of timers do. */
export const windowTime: World = { now: () => performance.now(), later: (task) => void scheduler.postTask(task) };

/** In a worker a slice takes about so many milliseconds: longer than the turn between two, and too short to be felt. */
const SLICE_MS = 25;

/** One piece of work at a time; a new one, or `cancel`, ends the one before without an answer. */
export class Slices {
  private current = 0;

  constructor(private readonly world: World, private readonly sliceMs = SLICE_MS) {}

  /** Works until the steps end and hands over what they give; `failed` hears of what they throw. */
  start<T>(steps: Generator<undefined, T, undefined>, done: (answer: T) => void, failed: (error: unknown) => void): void {
    this.current += 1;
    const own = this.current;
    const slice = (): void => {
      if (own !== this.current) return;
      try {
        const until = this.world.now() + this.sliceMs;
        do {
          const step = steps.next();
          if (step.done === true) return done(step.value);
        } while (this.world.now() < until);
      } catch (error) {
        return failed(error);
      }
      this.world.later(slice);
    };
    this.world.later(slice);
  }

  cancel(): void {
    this.current += 1;
  }
}
