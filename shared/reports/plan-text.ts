import { SEVERITIES, type Plan, type PlanStep, type Summary } from "../analysis/result";
import { noPaint, type Paint } from "./paint";
import { plain } from "./plain";

/** A fix plan in the order in which it is safe to apply. */
export function planText(plan: Plan, paint: Paint = noPaint): string {
  if (plan.plan.length === 0) return `Nothing to fix automatically.\n${counts("now", plan.after)}\n`;
  const steps = plan.plan.flatMap((step, index) => stepLines(step, index, paint));
  return `${[...steps, counts("before", plan.before), counts("after", plan.after)].join("\n")}\n`;
}

function stepLines(step: PlanStep, index: number, paint: Paint): string[] {
  const lines = [`${paint.bold(`${index + 1}. ${plain(step.title)}`)}`, `   closes ${step.closes.length === 0 ? "nothing" : step.closes.map(plain).join(", ")}`];
  if (step.opens.length > 0) lines.push(`   opens ${step.opens.map(plain).join(", ")}`);
  if (step.breaksRequired.length > 0) lines.push(`   ${paint.bad(`breaks required ${step.breaksRequired.map(plain).join(", ")}`)}`);
  for (const edit of step.edits) lines.push(`   ${edit.op} ${plain(edit.path)}${"value" in edit ? ` = ${plain(JSON.stringify(edit.value) ?? "")}` : ""}`);
  if (step.commands.length === 0) lines.push("   no checked command");
  for (const command of step.commands) lines.push(`   ${command.platform} on ${plain(command.on)}: ${plain(command.text)}`);
  return [...lines, ""];
}

function counts(label: string, summary: Summary): string {
  return `${label.padEnd(7)} ${SEVERITIES.map((severity) => `${summary[severity]} ${severity}`).join(", ")}; ${summary.tenantPairs.violating} violating tenant pairs`;
}
