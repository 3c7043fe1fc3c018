import { SEVERITIES, type Edit, type Summary } from "../analysis/result";
import type { RuleChange, Segmentation } from "../segmentation/segmentation";
import { administrationWords, cutWords, first, remainingByReason, ruleWords } from "../segmentation/words";
import { noPaint, type Paint } from "./paint";
import { plain } from "./plain";

/** A segmentation for a person at a terminal: the rules, the other edits, and what the analysis of the changed copy says. */
export function segmentationText(segmentation: Segmentation, paint: Paint = noPaint): string {
  const { title, rules, edits, commands, byHand } = segmentation;
  // Rules are shown as rules; a new filter with its rules is one edit.
  const others = edits.filter(({ path }) => !/^\/(routers|firewalls|distributedFirewalls)\/[^/]+\/(rules|defaultAction)/.test(path));
  return `${[
    paint.bold(plain(title)),
    ...rules.flatMap((change) => ruleLines(change, paint)),
    ...section(paint, "Other changes", others.map(editWords)),
    ...section(paint, "Commands", commands.map(({ platform, on, text }) => `${platform} on ${on}: ${text}`)),
    ...proofLines(segmentation, paint),
    ...section(paint, "By hand", byHand),
    "", counts("before", segmentation.before), counts("after", segmentation.after),
  ].join("\n")}\n`;
}

const LONGEST_VALUE = 160;

function editWords(edit: Edit): string {
  const value = "value" in edit ? JSON.stringify(edit.value) : "";
  return `${edit.op} ${edit.path}${value === "" ? "" : ` = ${value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value}`}`;
}

function section(paint: Paint, title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", paint.bold(title), ...lines.map((line) => `  ${plain(line)}`)];
}

function ruleLines({ filter, defaultAction, rules, changed, added, removed }: RuleChange, paint: Paint): string[] {
  const was = defaultAction.before === "" ? "new" : defaultAction.before === defaultAction.after ? "" : `was ${defaultAction.before}`;
  return [
    "", `${paint.bold(plain(filter))}: ${rules.length} ${rules.length === 1 ? "rule" : "rules"}, then ${defaultAction.after}${was === "" ? "" : ` (${was})`}`,
    ...rules.map((rule) => `  ${added.includes(rule.id) ? "+" : changed.includes(rule.id) ? "~" : " "} ${plain(ruleWords(rule))}`),
    ...(removed.length === 0 ? [] : [paint.dim(`  - ${plain(removed.join(", "))}`)]),
  ];
}

function proofLines({ closes, opens, required, administrators, breaksRequired, stops, cut, remaining, verified }: Segmentation, paint: Paint): string[] {
  const held = required.filter(({ after }) => after === "holds").map(({ id }) => id);
  const lost = required.filter(({ after }) => after !== "holds");
  const line = (label: string, text: string): string => `  ${label.padEnd(16)} ${plain(text)}`;
  return [
    "", paint.bold("Proof, on a changed copy"),
    line("closes", closes.length === 0 ? "nothing" : first(closes).join(", ")), ...(opens.length === 0 ? [] : [line("opens", first(opens).join(", "))]),
    ...(held.length === 0 ? [] : [line("holds", first(held).join(", "))]),
    ...lost.map(({ id, after, why }) => paint.bad(line(breaksRequired.includes(id) ? "breaks" : after === "unknown" ? "unknown" : "does not hold", `${id}: ${why ?? ""}`))),
    ...administrators.map((one) => (one.loses.length > 0 ? paint.bad(line("LOCKS OUT", administrationWords(one))) : line("administrators", administrationWords(one)))),
    ...(stops.length === 0 ? [] : [line("stops", first(stops.map(({ from, to }) => `${from} → ${to}`)).join(", "))]),
    ...cut.map((one) => line("cuts", cutWords(one))),
    ...(remaining.length === 0 ? [line("remains", "nothing: every other pair is isolated")] : [...remainingByReason(remaining)].flatMap(([reason, pairs]) => [paint.bad(`  remains          ${plain(reason)}`), ...pairs.map((pair) => `    ${plain(pair)}`)])),
    ...(verified ? [] : [paint.bad("  Not offered: it would cut what has to work.")]),
  ];
}

function counts(label: string, summary: Summary): string {
  return `${label.padEnd(7)} ${SEVERITIES.map((severity) => `${summary[severity]} ${severity}`).join(", ")}; ${summary.tenantPairs.violating} violating tenant pairs`;
}
