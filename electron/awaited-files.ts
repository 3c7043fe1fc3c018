/** Milliseconds after which windows say that a file is still being read: its disk may not answer. */
export const PATIENCE_MS = 4000;

/** Files on their way into a window. Of those that take long the windows say so, and the user may give them up. */
export class AwaitedFiles {
  private readonly late = new Map<symbol, { readonly name: string; readonly giveUp: () => void }>();

  /** `tell` hears of every change of `names`. */
  constructor(private readonly tell: (names: readonly string[]) => void) {}

  /** What takes long now. */
  get names(): string[] {
    return [...this.late.values()].map(({ name }) => name);
  }

  /** Resolves as the work does; to undefined once it is given up, which `isWanted` tells the work. */
  async follow<T>(name: string, work: (isWanted: () => boolean) => Promise<T>): Promise<T | undefined> {
    const one = Symbol(name);
    let wanted = true;
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<undefined>((resolve) => {
      const giveUp = (): void => {
        wanted = false;
        resolve(undefined);
      };
      timer = setTimeout(() => {
        this.late.set(one, { name, giveUp });
        this.tell(this.names);
      }, PATIENCE_MS);
    });
    try {
      return await Promise.race([work(() => wanted), givenUp]);
    } finally {
      clearTimeout(timer);
      if (this.late.delete(one)) this.tell(this.names);
    }
  }

  /** Waits for none of them any longer. */
  giveUp(): void {
    for (const { giveUp } of [...this.late.values()]) giveUp();
  }
}
