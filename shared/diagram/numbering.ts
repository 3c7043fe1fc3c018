/** Numbers that tie findings to the picture: the n-th finding marks its subjects with n. */
import type { Finding } from "../analysis/result";
import { ownerOf } from "../model/ids";
import type { Scene } from "./elements";
import { pathFinder } from "./overlay";

export interface Numbering {
  /** Finding numbers by node id, or by the id of an uplink or trunk. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  /** Cables that a critical or high finding is about, or that are on its way. */
  readonly violating: ReadonlySet<string>;
  /** The numbers that stand somewhere on the picture. */
  readonly numbered: ReadonlySet<number>;
}

/** Beyond this the picture is red anyway. */
const MOST_PATHS = 1000;

/** Accepted findings keep their number in the list and are not marked. */
export function numberFindings(scene: Scene, findings: readonly Finding[]): Numbering {
  const numbers = new Map<string, number[]>(), violating = new Set<string>();
  const overlayOf = pathFinder(scene);
  let paths = 0;
  findings.forEach((finding, index) => {
    if (finding.accepted) return;
    const grave = finding.severity === "critical" || finding.severity === "high";
    for (const id of new Set(finding.subjects.map((subject) => shownPlace(scene, subject)))) {
      if (grave && id !== undefined && scene.cable.has(id)) violating.add(id);
      const known = id === undefined ? undefined : numbers.get(id);
      if (known !== undefined) known.push(index + 1);
      else if (id !== undefined) numbers.set(id, [index + 1]);
    }
    if (finding.path.length === 0 || !grave || paths++ >= MOST_PATHS) return;
    for (const cable of overlayOf(finding.path).cables) violating.add(cable);
  });
  return { numbers, violating, numbered: new Set([...numbers.values()].flat()) };
}

function shownPlace(scene: Scene, subject: string): string | undefined {
  const cable = scene.cable.get(subject);
  if (cable !== undefined && (cable.kind === "uplink" || cable.kind === "trunk")) return cable.id;
  return scene.shownAs.get(subject) ?? scene.shownAs.get(ownerOf(subject));
}
