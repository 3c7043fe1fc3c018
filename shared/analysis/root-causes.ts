/** Findings as a person works through them: those that the same change mends, or the same change in several places, together with what follows from them. */
import type { Finding } from "./result";

export interface RootCause {
  /** The `root` of its findings, or the id of the only one. */
  readonly id: string;
  /** In the order given, at least one. */
  readonly findings: readonly [Finding, ...Finding[]];
  /** Findings that follow from one of these, perhaps from others too. */
  readonly consequences: readonly Finding[];
}

/**
 * Every finding once, in the order given: root causes where the first of their findings or consequences is. A consequence of several stands
 * with the first of them. An accepted finding stands alone, and so does what only accepted ones cause: nobody is going to mend those.
 */
export function rootCauses(findings: readonly Finding[]): readonly RootCause[] {
  const causes = new Map<string, Finding>();
  for (const finding of findings) if (!finding.accepted) for (const child of finding.children ?? []) if (!causes.has(child)) causes.set(child, finding);
  const groups = new Map<string, { findings: Finding[]; consequences: Finding[] }>();
  for (const finding of findings) {
    const top = finding.accepted ? finding : topOf(finding, causes);
    const id = top.accepted ? top.id : (top.root ?? top.id);
    const group = groups.get(id) ?? { findings: [], consequences: [] };
    groups.set(id, group);
    (top === finding ? group.findings : group.consequences).push(finding);
  }
  return [...groups].map(([id, group]) => ({ id, findings: group.findings as [Finding, ...Finding[]], consequences: group.consequences }));
}

function topOf(finding: Finding, causes: ReadonlyMap<string, Finding>): Finding {
  const seen = new Set<Finding>();
  let top = finding;
  for (let next = causes.get(top.id); next !== undefined && !seen.has(next); next = causes.get(top.id)) {
    seen.add(next);
    top = next;
  }
  return top;
}
