/** What the sandbox is told to build. `@` in a name stands for what tells topologies apart. */
export interface Namespace {
  readonly name: string;
  /** Files below /proc/sys/net. */
  readonly settings: Readonly<Record<string, string>>;
  /** Lines of `ip -batch`, run inside. */
  readonly commands: readonly string[];
  /** Interfaces to bring up after that. */
  readonly devices: readonly string[];
  /** A ruleset of nftables, or nothing. */
  readonly rules: string;
}

/** What sandbox.py builds. */
export interface BuildOrder {
  readonly namespaces: readonly Namespace[];
  /** Lines of `ip -batch`: cables between namespaces. */
  readonly links: readonly string[];
  readonly bridges: readonly string[];
  /** One call of ovs-vsctl. */
  readonly ovs: readonly string[];
  readonly adaptor: string;
  readonly flows: readonly string[];
  readonly stations: readonly { readonly index: number; readonly namespace: string; readonly device: string; readonly mac: string }[];
  readonly canary: { readonly namespace: string; readonly devices: readonly (readonly [device: string, mac: string])[] };
  /** Namespaces that keep state. */
  readonly filters: readonly string[];
  readonly tags: readonly number[];
}

/** Settings of a namespace that forwards, whatever the addresses. */
export function forwarding(devices: readonly string[]): Record<string, string> {
  const settings: Record<string, string> = { "ipv4/ip_forward": "1", "netfilter/nf_conntrack_checksum": "0", ...FILTERS_BRIDGED };
  for (const device of ["all", "default", ...devices]) {
    settings[`ipv4/conf/${device}/rp_filter`] = "0";
    settings[`ipv4/conf/${device}/send_redirects`] = "0";
    settings[`ipv4/conf/${device}/accept_local`] = "1";
  }
  return settings;
}

/** What a bridge forwards passes the rules of the IP family, tagged or not. */
export const FILTERS_BRIDGED = { "bridge/bridge-nf-call-iptables": "1", "bridge/bridge-nf-filter-vlan-tagged": "1", "bridge/bridge-nf-call-arptables": "0" };
