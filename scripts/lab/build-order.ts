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
