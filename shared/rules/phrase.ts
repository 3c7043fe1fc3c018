/** How rules put lists and numbers into sentences. */

const MOST_NAMED = 6;

/** A tenant that has the same to do with more others than this is told of once, not once for each. */
export const CROWD = 50;

/** `a, b and c`; beyond six names `a, b, c, d, e, f and 4 more`. */
export function listed(names: readonly string[]): string {
  if (names.length > MOST_NAMED) return `${names.slice(0, MOST_NAMED).join(", ")} and ${names.length - MOST_NAMED} more`;
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** `1 VM`, `3 VMs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

const BY_HAND = "Only a person can mend it";

/** Why a finding has no fix to apply, for the end of its detail. */
export function byHand(why: string): string {
  return ` ${BY_HAND}: ${why}.`;
}

/** Whether a detail says why there is no fix to apply. */
export function isByHand(detail: string): boolean {
  return detail.includes(BY_HAND);
}
