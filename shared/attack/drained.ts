/** Does work that comes in pieces at one go, where nobody waits for anything else. */
export function drained<T>(steps: Generator<undefined, T, undefined>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
