/** The columns of a list of rules, and what is written in their cells. Pure. */
import type { Rule } from "../../shared/model/kinds/forwarder";
import { ruleName } from "../actions/rules";

export type ColumnKey = "number" | "enabled" | "name" | "action" | "from" | "to" | "services" | "in" | "out" | "log" | "check";

export interface Column {
  readonly key: ColumnKey;
  readonly title: string;
  /** `flag`: Space turns it on and off; `text`: written; absent: only read. */
  readonly edit?: "flag" | "text";
  /** A track of the grid. */
  readonly width: string;
}

const COLUMNS: readonly Column[] = [
  { key: "number", title: "#", width: "44px" },
  { key: "enabled", title: "On", edit: "flag", width: "30px" },
  { key: "name", title: "Rule", edit: "text", width: "minmax(108px, 1.4fr)" },
  { key: "action", title: "Action", edit: "text", width: "66px" },
  { key: "from", title: "From", edit: "text", width: "minmax(84px, 1.5fr)" },
  { key: "to", title: "To", edit: "text", width: "minmax(84px, 1.5fr)" },
  { key: "services", title: "Services", edit: "text", width: "minmax(72px, 1.1fr)" },
  { key: "in", title: "In", edit: "text", width: "54px" },
  { key: "out", title: "Out", edit: "text", width: "54px" },
  { key: "log", title: "Log", edit: "flag", width: "30px" },
  { key: "check", title: "Check", width: "minmax(110px, 2.2fr)" },
];

/** A filter without interfaces (a distributed firewall) has no in and out. */
export function columnsOf(hasInterfaces: boolean): readonly Column[] {
  return hasInterfaces ? COLUMNS : COLUMNS.filter(({ key }) => key !== "in" && key !== "out");
}

export function tracksOf(columns: readonly Column[]): string {
  return columns.map(({ width }) => width).join(" ");
}

export function isOn(rule: Rule, key: ColumnKey): boolean {
  return key === "enabled" ? rule.enabled !== false : rule.log === true;
}

/** What a cell says. An absent list is any, an empty one nothing. */
export function cellText(rule: Rule, key: ColumnKey): string {
  switch (key) {
    case "name": return ruleName(rule);
    case "action": return rule.action;
    case "from": case "to": case "services": return listText(rule[key]);
    case "in": case "out": return rule[key] ?? "any";
    case "enabled": case "log": return isOn(rule, key) ? "on" : "off";
    default: return "";
  }
}

/** What an editor of the cell begins with. */
export function draftText(rule: Rule, key: ColumnKey): string {
  if (key === "name") return rule.name ?? "";
  const text = cellText(rule, key);
  return text === "any" || text === "nothing" ? "" : text;
}

export function listText(items: readonly string[] | undefined): string {
  if (items === undefined) return "any";
  return items.length === 0 ? "nothing" : items.join(", ");
}
