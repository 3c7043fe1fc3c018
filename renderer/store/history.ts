/** Undo and redo as immutable snapshots: each shares with the next whatever the step did not change, so a step costs what it touched. */

/** A state and the name of the step that led to it. */
interface Step<T> {
  readonly state: T;
  /** Such as "set VLAN of Production to 20". */
  readonly label: string;
}

export interface History<T> {
  readonly present: T;
  /** Oldest first; each holds the state before its step. */
  readonly past: readonly Step<T>[];
  /** Nearest first; each holds the state after its step. */
  readonly future: readonly Step<T>[];
  /** The state that is on disk, wherever undo and redo have gone since; undefined: never saved. */
  readonly saved: T | undefined;
}

/** Steps kept. Structural sharing makes them cheap, not free. */
const LONGEST = 500;

/** A document as it was opened, or a new one that no file holds yet. */
export function startHistory<T>(state: T, saved: boolean): History<T> {
  return { present: state, past: [], future: [], saved: saved ? state : undefined };
}

/** A step forward; what had been undone is gone. A state that is the present one is no step. */
export function recordStep<T>(history: History<T>, label: string, state: T): History<T> {
  if (state === history.present) return history;
  const past = [...history.past, { state: history.present, label }].slice(-LONGEST);
  return { ...history, present: state, past, future: [] };
}

/** Puts `state` in place of the present without a new step: the rest of a drag or of typing that began with one. */
export function amendStep<T>(history: History<T>, state: T): History<T> {
  return { ...history, present: state, future: [] };
}

export function undoStep<T>(history: History<T>): History<T> {
  const step = history.past.at(-1);
  if (step === undefined) return history;
  return {
    ...history,
    present: step.state,
    past: history.past.slice(0, -1),
    future: [{ state: history.present, label: step.label }, ...history.future],
  };
}

export function redoStep<T>(history: History<T>): History<T> {
  const step = history.future[0];
  if (step === undefined) return history;
  return {
    ...history,
    present: step.state,
    past: [...history.past, { state: history.present, label: step.label }],
    future: history.future.slice(1),
  };
}

/** `state` is on disk now: the present one, or an older one if editing went on while it was written; undefined: none of the history. */
export function markSaved<T>(history: History<T>, state: T | undefined): History<T> {
  return { ...history, saved: state };
}

export function isDirty<T>(history: History<T>): boolean {
  return history.present !== history.saved;
}

/** The name of the step that undo takes back. */
export function undoLabel<T>(history: History<T>): string | undefined {
  return history.past.at(-1)?.label;
}

export function redoLabel<T>(history: History<T>): string | undefined {
  return history.future[0]?.label;
}
