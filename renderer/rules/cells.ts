/** Reading what is typed into a cell of a rule, with the parsers of the document. Pure. */
import { parseSelector } from "../../shared/model/selector";
import { parseService } from "../../shared/model/services";
import type { Topology } from "../../shared/model/topology";
import { SelectorCheck } from "../../shared/model/validate/selectors";
import { splitList, type Candidate } from "../actions/selectors";
import { completed } from "../ui/completion";
import type { ColumnKey } from "./columns";

/** A value for the field, undefined where it is to be absent; or what is wrong, for people. */
export type Typed = { readonly ok: true; readonly value: string | readonly string[] | undefined } | { readonly ok: false; readonly message: string };

const ACTIONS = ["allow", "deny", "reject"] as const;
const NOTHING = "nothing";

/** Nothing typed, and `any`, mean any; `nothing` is the empty list. */
export function readCell(key: ColumnKey, text: string, topology: Topology, interfaces: readonly string[]): Typed {
  const typed = text.trim();
  switch (key) {
    case "action": {
      const action = ACTIONS.find((each) => typed !== "" && each.startsWith(typed.toLowerCase()));
      return action === undefined ? wrong("allow, deny or reject") : { ok: true, value: action };
    }
    case "in": case "out":
      if (typed === "" || typed === "any") return { ok: true, value: undefined };
      return interfaces.includes(typed) ? { ok: true, value: typed } : wrong(`“${typed}” is none of its interfaces: ${interfaces.join(", ") || "it has none"}`);
    case "from": case "to": {
      const check = new SelectorCheck(topology);
      return readList(typed, isSelector, (item) => {
        const fault = check.fault(item);
        return fault === undefined ? undefined : `“${item}”: ${fault.message}; use ${fault.expected}`;
      });
    }
    case "services":
      return readList(typed, isService, (item) => (isService(item) ? undefined : `“${item}” is not a service: use any, icmp, tcp, udp, tcp/443 or udp/5000-5010`));
    default:
      return { ok: true, value: typed === "" ? undefined : typed };
  }
}

function readList(typed: string, isOne: (text: string) => boolean, fault: (item: string) => string | undefined): Typed {
  if (typed === "" || typed === "any") return { ok: true, value: undefined };
  if (typed === NOTHING) return { ok: true, value: [] };
  const items = splitList(typed, isOne);
  const message = items.map(fault).find((each) => each !== undefined);
  return message === undefined ? { ok: true, value: [...new Set(items)] } : wrong(message);
}

function wrong(message: string): Typed {
  return { ok: false, message };
}

function isSelector(text: string): boolean {
  return parseSelector(text) !== undefined;
}

function isService(text: string): boolean {
  return parseService(text) !== undefined;
}

const SERVICES: readonly Candidate[] = Object.entries({
  any: "", icmp: "ping", tcp: "every port", udp: "every port", "tcp/22": "SSH", "tcp/25": "SMTP", "tcp/53": "DNS", "tcp/80": "HTTP", "tcp/389": "LDAP", "tcp/443": "HTTPS", "tcp/445": "SMB", "tcp/636": "LDAPS", "tcp/902": "ESXi",
  "tcp/1433": "SQL Server", "tcp/3306": "MySQL", "tcp/3389": "RDP", "tcp/5432": "PostgreSQL", "tcp/5900": "VNC", "tcp/5985-5986": "WinRM", "tcp/8006": "Proxmox VE", "tcp/8443": "HTTPS", "udp/53": "DNS", "udp/67-68": "DHCP", "udp/123": "NTP", "udp/161": "SNMP", "udp/514": "syslog",
}).map(([id, name]) => ({ id, name }));

const ACTION_WORDS: readonly Candidate[] = [{ id: "allow", name: "lets it through" }, { id: "deny", name: "drops it" }, { id: "reject", name: "drops it and says so" }];
const NOBODY: Candidate = { id: NOTHING, name: "matches no packet" };

/** What may stand in the cell. */
export function candidatesFor(key: ColumnKey, selectors: readonly Candidate[], interfaces: readonly string[]): readonly Candidate[] {
  switch (key) {
    case "action": return ACTION_WORDS;
    case "in": case "out": return ["any", ...interfaces].map((id) => ({ id, name: "" }));
    case "from": case "to": return [...selectors.slice(0, 1), NOBODY, ...selectors.slice(1)];
    case "services": return [...SERVICES, NOBODY];
    default: return [];
  }
}

/** Columns that hold several, parted by commas. */
export const LISTS: readonly ColumnKey[] = ["from", "to", "services"];

const ALONE = ["any", NOTHING];

export function completedCell(key: ColumnKey, text: string, by: string): string {
  return completed(LISTS.includes(key), text, by, ALONE);
}
