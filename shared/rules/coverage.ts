/**
 * Which rules check which topic of virtualization security. `docs/coverage.md` is generated from it, and a test holds that every rule
 * is named and every name is a rule. A topic without a rule says what the document records about it instead.
 */
export interface Topic {
  readonly topic: string;
  readonly rules: readonly string[];
  /** What there is besides rules, or why there is none. */
  readonly note?: string;
}

export interface Chapter {
  readonly title: string;
  readonly topics: readonly Topic[];
}

const checked = (topic: string, ...rules: readonly string[]): Topic => ({ topic, rules });
const noted = (topic: string, note: string, ...rules: readonly string[]): Topic => ({ topic, rules, note });

export const COVERAGE: readonly Chapter[] = [
  {
    title: "Concepts",
    topics: [
      checked("Hypervisor security", "HV-001", "HV-002", "MGT-001", "MGT-002", "MGT-003", "MGT-004", "MGT-005"),
      checked("VM isolation", "NET-001", "NET-002", "NET-006", "NET-008", "RES-001", "INT-001"),
      checked("Virtual networking", "NET-003", "NET-004", "NET-005", "NET-007", "SW-001", "SW-002", "SW-003", "FW-001", "FW-002", "FW-003"),
      checked("Resource protection", "RES-001"),
      checked("Required flows stay open", "INT-002"),
    ],
  },
  {
    title: "Type 1 and type 2 hypervisors",
    topics: [
      checked("Attack surface and isolation: bare metal against hosted", "HV-001"),
      checked("Enterprise and cloud against development and testing", "HV-001"),
    ],
  },
  {
    title: "How VMs are kept apart",
    topics: [
      noted("Hardware-assisted virtualization (VT-x, AMD-V)", "recorded with the host (hosts.*.cpu)"),
      checked("Memory isolation: separate address spaces", "RES-001"),
      noted("CPU isolation: scheduling", "recorded with the hypervisor and the VM (sideChannelScheduler, cpuAffinity)"),
      noted("I/O isolation: device virtualization", "passthrough and SR-IOV vNICs go around port groups and distributed firewalls in every verdict", "NET-001", "NET-008"),
      checked("Side channels of shared hardware", "RES-001"),
      checked("Bugs of the hypervisor", "HV-002"),
      noted("Guest tools", "recorded with the VM (guest.tools, guest.toolsCurrent)"),
    ],
  },
  {
    title: "VM escape",
    topics: [
      checked("Hypervisor vulnerabilities; patch regularly", "HV-002"),
      noted("Virtual devices such as the floppy controller of VENOM", "recorded with the VM (devices)", "HV-002"),
      checked("Shared clipboard; disable unnecessary sharing", "VM-001"),
      checked("Shared folders; disable unnecessary sharing", "VM-002"),
      checked("Network isolation between VMs", "NET-001", "NET-002", "NET-006", "NET-008"),
      noted("Monitoring for escape attempts", "recorded with the hypervisor (management.escapeMonitoring)"),
    ],
  },
  {
    title: "Hardening a hypervisor",
    topics: [
      checked("Access: strong authentication, multi-factor authentication", "MGT-005"),
      checked("Management: a dedicated network and interface", "MGT-001", "MGT-003"),
      checked("Patching: regular updates", "HV-002"),
      checked("Network: firewall the management interfaces", "MGT-002", "MGT-004"),
      checked("Minimal attack surface: no general-purpose operating system", "HV-001"),
      noted("Lockdown mode, logging of administrative actions", "recorded with the hypervisor (management.lockdown, management.remoteLogging)"),
      noted("Encrypted VM storage, signed images", "recorded with disks, datastores and images"),
    ],
  },
  {
    title: "Virtual networks",
    topics: [
      checked("Virtual switch: VLAN configuration, traffic isolation", "NET-001", "NET-003", "NET-005", "MDL-003"),
      checked("Virtual NIC: MAC spoofing, MAC address filtering", "SW-002", "SW-003"),
      checked("Port groups: segmentation", "NET-001", "NET-003", "NET-006", "MDL-002"),
      checked("Virtual firewall: traffic filtering", "FW-001", "FW-002", "FW-003", "FW-004", "FW-007"),
      checked("Attacks from VM to VM on the same host", "NET-001", "NET-002", "NET-008"),
      checked("VLAN hopping", "NET-003", "NET-004", "NET-005", "MDL-004"),
      checked("Traffic interception, promiscuous mode", "SW-001", "SW-003", "NET-007"),
      checked("VLAN segmentation", "NET-001", "NET-003", "NET-006", "MDL-004"),
      checked("Distributed firewalls and microsegmentation", "NET-008", "FW-001", "FW-002", "FW-003"),
      noted("Traffic encryption", "recorded with port groups and management interfaces"),
    ],
  },
  {
    title: "Resources",
    topics: [
      checked("Memory deduplication; off for sensitive VMs", "RES-001"),
      noted("CPU side channels (Spectre, Meltdown)", "recorded with hosts and hypervisors (cpu, sideChannelScheduler)"),
      noted("Disk data remanence, secure disposal", "recorded with datastores (secureErase, encrypted)"),
      noted("Reservations, limits, network QoS", "recorded with VMs (resources) and port groups (shaping)"),
    ],
  },
  {
    title: "Multi-tenancy in practice",
    topics: [
      checked("All VMs on one VLAN: a VLAN per tenant", "NET-001", "INT-001"),
      checked("Shared clipboard: switch it off", "VM-001"),
      checked("Memory deduplication: off for sensitive VMs", "RES-001"),
      checked("Management on the production network: a dedicated one, no production access", "MGT-001", "MGT-002", "MGT-003"),
      checked("What tenants must not share: VLAN, clipboard, memory", "INT-001", "NET-001", "VM-001", "RES-001"),
      checked("Defense in depth: a second layer where the first fails", "NET-008", "MGT-004", "FW-001"),
    ],
  },
  {
    title: "The drawing itself",
    topics: [
      checked("Elements that are not connected", "MDL-001"),
      checked("Address plan and VLAN ids", "MDL-002", "MDL-003"),
      checked("What is not known, and what is assumed instead", "MDL-005"),
    ],
  },
];
