/** What a report for people says of a root cause besides its first finding. */
import type { RootCause } from "../analysis/root-causes";
import type { Finding } from "../analysis/result";

export interface Group {
  readonly title: string;
  readonly shown: readonly Finding[];
  /** So many are left out. */
  readonly more: number;
}

const MOST_LISTED = 20;

/** The other findings that the same change mends, or the same in other places. */
export function alike({ findings }: RootCause): Group {
  return group(`the same in ${findings.length - 1} more:`, findings.slice(1));
}

export function consequences({ consequences: found }: RootCause): Group {
  return group("leads to:", found);
}

function group(title: string, findings: readonly Finding[]): Group {
  return { title, shown: findings.slice(0, MOST_LISTED), more: Math.max(0, findings.length - MOST_LISTED) };
}
