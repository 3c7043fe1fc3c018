/** What can be done with a finding, as lines of the menu under the right button. */
import { acceptanceOf } from "../../shared/analysis/acceptance";
import { filterPlace, ruleOfFinding } from "../actions/rules";
import { openAttack } from "../store/attack";
import { useDocument } from "../store/document";
import { openFinding, toggleCause } from "../store/findings";
import type { Row } from "../store/findings-list";
import { openRules } from "../store/rules";
import { openDialog } from "../store/session";
import { flyTo } from "../store/viewport";
import type { MenuItem } from "../ui/Menu";
import { attackerOf } from "./attacker";

/** The lines for a row of the list. */
export function linesOf({ finding, fold }: Row): readonly MenuItem[] {
  const { topology } = useDocument.getState();
  const filter = finding.rule.startsWith("FW-") ? finding.subjects.find((id) => filterPlace(topology, id) !== undefined) : undefined;
  const attacker = attackerOf(topology, finding);
  return [
    { label: "Show Evidence", keys: "Enter", run: () => openFinding(finding) },
    { label: "Show on Canvas", run: () => flyTo(finding.subjects) },
    ...(fold === undefined ? [] : [{ label: `${fold.open ? "Fold" : "Unfold"} ${(fold.alike + fold.following).toLocaleString("en")} More`, run: () => toggleCause(fold.id) }]),
    "separator",
    ...(filter === undefined ? [] : [{ label: "Edit Rules…", run: () => openRules(filter, ruleOfFinding(finding)) }]),
    ...(attacker === undefined ? [] : [{ label: `Attack Paths from ${attacker}`, run: () => openAttack({ from: attacker, to: "" }) }]),
    { label: acceptanceOf(topology, finding.id) === undefined ? "Accept This Risk…" : "Change Acceptance…", run: () => openDialog({ type: "accept-risk", finding: finding.id }) },
    { label: `About ${finding.rule}…`, run: () => openDialog({ type: "rule", rule: finding.rule }) },
  ];
}
