/**
 * Which rules check which line of the subject, virtualization-security.txt, in our own words. `docs/coverage.md` is generated from it. Tests
 * hold that every line is here once, that every rule is named, and that every name is a rule.
 */
export interface Topic {
  readonly topic: string;
  /** Lines of the subject, from 1: `24`, `15-21`. Absent: what rules need that no line speaks of. */
  readonly lines?: string;
  readonly rules: readonly string[];
  /** Whole families besides, such as `NET`. */
  readonly families?: readonly string[];
  /** What is to be said besides, or why there is no rule. */
  readonly note?: string;
}

export interface Chapter {
  readonly title: string;
  readonly topics: readonly Topic[];
}

const checked = (lines: string, topic: string, ...rules: readonly string[]): Topic => ({ topic, lines, rules });
const families = (lines: string, topic: string, ...names: readonly string[]): Topic => ({ topic, lines, rules: [], families: names });
const noted = (lines: string, topic: string, note: string, ...rules: readonly string[]): Topic => ({ topic, lines, rules, note });
const heading = (lines: string, topic: string): Topic => noted(lines, topic, "headings and context: nothing to check");

/** Every family, in the order of the catalogue. */
export const FAMILIES: readonly string[] = ["NET", "MGT", "SW", "VM", "HV", "RES", "FW", "INT", "MDL"];

export const COVERAGE: readonly Chapter[] = [
  {
    title: "What it is about",
    topics: [
      heading("1", "Title"),
      families("2", "VM isolation, hypervisors, virtual networks, VM escape, resources", ...FAMILIES),
      heading("3", "Introduction"),
      checked("4", "Benefits (isolation, snapshots) and risks (VM escape, sharing of resources)", "HV-006", "RES-001", "RES-002", "RES-003", "RES-004", "RES-005", "RES-006", "VM-006"),
      { ...families("5", "Hypervisor security, VM isolation, virtual networking, resource protection", "HV", "MGT", "NET", "SW", "FW", "RES"), rules: ["INT-001"] },
      checked("6", "VENOM: out of a VM by the floppy controller", "VM-004", "HV-002", "HV-006"),
      heading("7-9", "Who needs it"),
      checked("10", "A hypervisor that is taken over is a catastrophe", "MGT-002", "HV-006"),
      heading("11-14", "What is compared"),
    ],
  },
  {
    title: "Type 1 and type 2 hypervisors",
    topics: [
      checked("15-21", "Attack surface, performance, isolation, use and security of bare metal against hosted", "HV-001", "HV-004"),
    ],
  },
  {
    title: "How VMs are kept apart",
    topics: [
      heading("22-23", "Mechanisms"),
      checked("24", "Hardware-assisted virtualization (VT-x, AMD-V)", "HV-003"),
      checked("25", "Memory: separate address spaces", "HV-003", "RES-001"),
      checked("26", "CPU: scheduling", "HV-003", "RES-002", "RES-003"),
      checked("27", "Devices: virtualization of input and output", "HV-003", "VM-005"),
      noted("28", "What VMs cannot do", "empty in the subject; held as an invariant", "HV-003", "INT-001"),
      heading("29", "What gets in the way"),
      checked("30", "Side channels of shared hardware", "RES-001", "RES-002"),
      checked("31", "Bugs of the hypervisor", "HV-002", "HV-006"),
      checked("32", "Guest tools as attack surface", "VM-003"),
      checked("33", "Contention that tells something", "RES-003", "RES-004"),
    ],
  },
  {
    title: "VM escape",
    topics: [
      heading("34", "The question"),
      checked("35", "Breaking out of a VM", "HV-006"),
      heading("36-38", "Ways out"),
      checked("39", "Hypervisor vulnerabilities", "HV-002", "HV-006"),
      checked("40", "Virtual devices", "VM-004", "VM-005"),
      checked("41", "Guest tools", "VM-003"),
      checked("42", "Shared clipboard", "VM-001"),
      checked("43", "Shared folders", "VM-002"),
      heading("44", "Controls"),
      checked("45", "Patch the hypervisor", "HV-002"),
      checked("46", "Minimal guest tools", "VM-003"),
      checked("47", "No unnecessary sharing", "VM-001", "VM-002"),
      checked("48", "VMs apart in the network", "NET-001", "NET-002", "NET-006", "NET-008"),
      checked("49", "Watch for escapes", "HV-007", "MGT-006", "FW-008"),
      checked("50", "Fewer capabilities of VMs", "VM-004", "VM-005", "VM-003"),
    ],
  },
  {
    title: "Hardening a hypervisor",
    topics: [
      heading("51-54", "Measures"),
      checked("55", "Access: strong authentication, a second factor", "MGT-005"),
      checked("56", "Management: a network of its own", "MGT-001", "MGT-003", "MGT-009"),
      checked("57", "Patching", "HV-002"),
      checked("58", "Configuration: nothing that is not needed", "HV-004", "VM-004"),
      checked("59", "Monitoring: log what administrators do", "MGT-006"),
      checked("60", "Network: firewalls before management", "MGT-004", "MGT-002", "MGT-009"),
      heading("61", "Type 1 in particular"),
      checked("62", "No general-purpose operating system", "HV-004", "HV-001", "HV-005"),
      checked("63", "A management interface of its own", "MGT-003", "MGT-001", "SW-005"),
      checked("64", "Lockdown: no direct access", "MGT-008"),
      checked("65", "Encrypted storage of VMs", "VM-006"),
      checked("66", "Signed images", "VM-007", "HV-005"),
    ],
  },
  {
    title: "Virtual networks",
    topics: [
      heading("67-70", "Components"),
      checked("71", "Virtual switch: VLANs, isolation of traffic", "NET-001", "NET-003", "NET-005", "MDL-003", "MDL-004"),
      checked("72", "Virtual NIC: MAC spoofing", "SW-002", "SW-003", "NET-010"),
      checked("73", "Port groups: segmentation", "NET-001", "NET-003", "NET-006", "MDL-002"),
      checked("74", "Virtual firewall: filtering", "FW-001", "FW-002", "FW-003", "FW-004", "FW-005", "FW-006", "FW-007", "FW-008"),
      heading("75", "Threats"),
      checked("76", "From VM to VM on one host", "NET-001", "NET-008", "NET-002"),
      checked("77", "VLAN hopping", "NET-004", "NET-005", "NET-003", "MDL-004"),
      checked("78", "MAC spoofing", "SW-002", "SW-003", "NET-010"),
      checked("79", "Interception", "NET-007", "SW-001", "SW-004", "NET-009", "NET-010", "MGT-007"),
      checked("80", "Abuse of promiscuous mode", "SW-001", "SW-004"),
      heading("81", "Controls"),
      checked("82", "Segmentation by VLAN", "NET-001", "NET-003"),
      checked("83", "No promiscuous mode", "SW-001"),
      checked("84", "MAC address filters", "SW-002", "SW-003", "NET-010"),
      checked("85", "Encrypted traffic", "NET-009", "MGT-007"),
      checked("86", "Distributed firewalls", "NET-008", "FW-001", "FW-005"),
      checked("87", "Microsegmentation", "NET-008", "FW-002", "FW-005", "INT-003"),
    ],
  },
  {
    title: "Resources",
    topics: [
      heading("88-89", "Risks"),
      checked("90", "Side channels of the processor (Spectre, Meltdown)", "RES-002"),
      checked("91", "Deduplicated memory", "RES-001"),
      checked("92", "Data that deleted disks leave", "RES-005"),
      checked("93", "Contention of bandwidth", "RES-004"),
      heading("94", "Controls"),
      checked("95", "Reservations and limits", "RES-003"),
      checked("96", "No deduplication for sensitive VMs", "RES-001"),
      checked("97", "Secure disposal of storage", "RES-005"),
      checked("98", "Quality of service in the network", "RES-004"),
    ],
  },
  {
    title: "The multi-tenant scenario",
    topics: [
      heading("99-100", "An example"),
      checked("101", "One VLAN, shared clipboard, deduplicated memory, management on the production network", "NET-001", "VM-001", "RES-001", "MGT-001", "MGT-002"),
      heading("102-105", "What was found"),
      checked("106", "All VMs in one VLAN: a VLAN for each tenant", "NET-001", "INT-001"),
      checked("107", "Shared clipboard: off", "VM-001"),
      checked("108", "Deduplicated memory: off for sensitive VMs", "RES-001"),
      checked("109", "Management on the production network: one of its own", "MGT-001", "MGT-002"),
      heading("110-111", "Risks"),
      noted("112-115", "Without controls: from tenant to tenant by network, memory and clipboard, and to management", "one finding for each pair of tenants, with its planes", "INT-001"),
      noted("116-119", "Isolated as it should be: nothing on the four planes, and what must work works", "INT-001 is silent, INT-002 stays so", "INT-001", "INT-002"),
      checked("120", "Network: a VLAN for each tenant, distributed firewall, no promiscuous mode", "NET-001", "NET-008", "FW-001", "SW-001"),
      checked("121", "VMs: no shared clipboard, no shared folders, minimal tools", "VM-001", "VM-002", "VM-003"),
      checked("122", "Resources: no deduplication, reservations, CPU affinity where needed", "RES-001", "RES-003", "RES-006", "RES-002"),
      checked("123", "Management: a network of its own, no access from production, a second factor", "MGT-001", "MGT-003", "MGT-002", "MGT-004", "MGT-005"),
      checked("124", "Defense in depth", "INT-003"),
    ],
  },
  {
    title: "To remember",
    topics: [
      heading("125-128", "Headings without text"),
      checked("129-135", "Hotels: what was built for guests, and a home with a lodger", "HV-001"),
      checked("136-137", "The four doors out of a VM", "HV-006"),
      checked("138", "Hypervisor vulnerabilities", "HV-002"),
      checked("139", "Bugs of virtual devices", "VM-004"),
      checked("140", "Shared features: clipboard, folders", "VM-001", "VM-002"),
      checked("141", "Drivers: guest tools", "VM-003"),
      checked("142", "What tenants do not share: VLAN, clipboard, memory", "NET-001", "VM-001", "RES-001"),
      heading("143", "Questions"),
      checked("144", "Which type isolates better", "HV-001"),
      checked("145", "Into another customer's VM by the hypervisor", "HV-006", "HV-002"),
      checked("146", "What stops attacks from VM to VM", "NET-001", "NET-008", "FW-005"),
      heading("147-151", "Foot of the page"),
    ],
  },
  {
    title: "What the subject does not speak of",
    topics: [
      { topic: "The drawing itself: what is not connected, not known, or not possible on the platform", rules: ["MDL-001", "MDL-005", "MDL-006"], note: "no line of its own; every verdict rests on it" },
    ],
  },
];

/** The lines of a topic as numbers. */
export function linesOf({ lines }: Topic): number[] {
  if (lines === undefined) return [];
  const [first = 0, last = first] = lines.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
