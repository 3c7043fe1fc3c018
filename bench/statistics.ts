/** Times of repeated work, told apart from the noise of a shared machine. */

/** The middle value, or the mean of the middle two. Throws on an empty list. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the given part (0 to 1) of the values lies, interpolated. Throws on an empty list. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) throw new Error("no values");
  return low + (high - low) * (at - Math.floor(at));
}

/** The median over rounds of a round's one time divided by its other: what slows the machine for a while slows both. */
export function medianRatio(over: readonly number[], under: readonly number[]): number {
  if (over.length !== under.length) throw new Error("times of different rounds");
  return median(over.map((time, round) => time / (under[round] as number)));
}

/** Work to be timed. Preparing it is not timed. */
export interface Work {
  /** Returns the call to be timed. */
  readonly prepare: () => () => unknown;
}

/** Work on what is prepared anew for each call. */
export function work<Given>(prepare: () => Given, run: (given: Given) => unknown): Work {
  return {
    prepare: () => {
      const given = prepare();
      return () => run(given);
    },
  };
}

/** Work that needs no preparation. */
export function always(run: () => unknown): Work {
  return { prepare: () => run };
}

/** Short work is repeated until it has taken so many milliseconds. */
const SHORTEST = 10;

/**
 * What each work made last, until it has been done again. V8 throws away what it has compiled for the shapes of objects once the last of them is
 * collected, and then a warm-up would warm nothing; an analysis worker always has a document and its network.
 */
const made = new WeakMap<Work, unknown>();

/** Milliseconds that one call takes. Garbage of earlier work is collected first where `--expose-gc` allows. */
export function timeOf(timed: Work): number {
  const { prepare } = timed;
  let calls = 0;
  let passed = 0;
  do {
    const run = prepare();
    if (calls === 0) globalThis.gc?.();
    const startedAt = performance.now();
    const result = run();
    passed += performance.now() - startedAt;
    made.set(timed, result);
    calls += 1;
  } while (passed < SHORTEST);
  return passed / calls;
}

/** Rounds in which the engine is still compiling our code do not count: an analysis worker lives as long as its window. */
export const WARM_UP = 3;

/** Rounds of named work in turn: the times of each name by round, without the rounds of the warm-up. */
export function interleave<Name extends string>(rounds: number, works: Readonly<Record<Name, Work>>): Record<Name, number[]> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const name of names) {
      const time = timeOf(works[name]);
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
}
