import type { AttackPath, AttackPaths, AttackStep } from "../analysis/result";
import { noPaint, type Paint } from "./paint";
import { plain } from "./plain";

/** What an attacker gets at, by which ways, and what closes them. `to` is undefined where everything was asked about. */
export function pathsText({ paths, reached, cuts, separate }: AttackPaths, from: string, to: string | undefined, paint: Paint = noPaint): string {
  const asked = `${plain(from)} → ${to === undefined ? "anything" : plain(to)}`;
  const lines = [paths.length === 0 ? `${paint.good("no way")}  ${asked}` : `${paint.bad(counted(paths.length, "way"))}  ${asked}`];
  paths.forEach((path, index) => lines.push("", ...pathLines(path, index, paint)));
  if (reached.length > 0) lines.push("", paint.bold(`can get at ${reached.length}`), `  ${reached.slice(0, MOST_NAMES).map(plain).join(", ")}${reached.length > MOST_NAMES ? ` and ${reached.length - MOST_NAMES} more` : ""}`);
  if (cuts.length > 0) lines.push("", paint.bold("one change that closes ways"), ...cuts.map(({ title, cuts: count }) => `  ${String(count).padStart(4)}  ${plain(title)}`));
  if (separate.length > 0) lines.push("", paint.bold("together these leave no way"), ...separate.map(({ title }, index) => `  ${String(index + 1).padStart(4)}  ${plain(title)}`));
  return `${lines.join("\n")}\n`;
}

const MOST_NAMES = 40;

function pathLines({ cost, steps }: AttackPath, index: number, paint: Paint): string[] {
  return [paint.bold(`way ${index + 1}`) + `  cost ${cost}`, ...steps.map(stepLine)];
}

function stepLine({ from, to, channel, rule, detail }: AttackStep): string {
  return `  ${plain(from)} → ${plain(to)}  ${channel} (${rule}): ${plain(detail)}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
