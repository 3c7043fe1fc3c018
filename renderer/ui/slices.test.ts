import { describe, expect, it } from "vitest";
import { Slices } from "./slices";

/** A world whose clock goes on 10 ms at every look, and whose tasks run when told to. */
function world(): { slices: Slices; turn: () => boolean } {
  const tasks: (() => void)[] = [];
  let time = 0;
  const slices = new Slices({ now: () => (time += 10), later: (task) => void tasks.push(task) });
  const turn = (): boolean => {
    const task = tasks.shift();
    task?.();
    return task !== undefined;
  };
  return { slices, turn };
}

function* counting(to: number, seen: number[]): Generator<undefined, string, undefined> {
  for (let count = 1; count <= to; count += 1) {
    seen.push(count);
    yield;
  }
  return "done";
}

const unexpected = (): void => expect.unreachable();

describe("Slices", () => {
  it("does some steps a turn and nothing at once, and hands over the answer at the end", () => {
    const { slices, turn } = world();
    const seen: number[] = [];
    const answers: string[] = [];
    slices.start(counting(7, seen), (answer) => answers.push(answer), unexpected);
    expect(seen).toEqual([]);
    turn();
    expect([seen.length > 0, seen.length < 7, answers]).toEqual([true, true, []]);
    while (turn()) continue;
    expect([seen.length, answers]).toEqual([7, ["done"]]);
  });

  it("drops work that is cancelled or overtaken, and never answers for it", () => {
    const { slices, turn } = world();
    const [first, second]: [number[], number[]] = [[], []];
    const answers: string[] = [];
    slices.start(counting(100, first), unexpected, unexpected);
    turn();
    const done = first.length;
    slices.start(counting(3, second), (answer) => answers.push(answer), unexpected);
    while (turn()) continue;
    expect([first.length, second.length, answers]).toEqual([done, 3, ["done"]]);
    slices.start(counting(100, first), unexpected, unexpected);
    slices.cancel();
    while (turn()) continue;
    expect(first.length).toBe(done);
  });

  it("tells what went wrong, once", () => {
    const { slices, turn } = world();
    const errors: unknown[] = [];
    const broken = (function* (): Generator<undefined, string, undefined> {
      yield;
      throw new Error("broken");
    })();
    slices.start(broken, unexpected, (error) => errors.push(error));
    while (turn()) continue;
    expect(errors).toEqual([new Error("broken")]);
  });
});
