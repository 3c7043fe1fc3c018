/** Which finding says that one party reaches another, so that a step over the network has a rule, and a change that ends it. */
import type { Evaluation } from "../analysis/evaluate";
import type { Network } from "../network/compiled-network";
import type { Answer } from "../network/verdicts";

export interface Explanation {
  readonly rule: string;
  readonly finding: string | undefined;
  readonly detail: string;
  /** The id that the finding would have if VMs ran where they could. */
  readonly wouldBe?: string;
}

export class Explanations {
  private readonly network: Network;
  /** By what the key of a finding begins with: `NET-001:a+b@`, `NET-002:a>b`, `MGT-001:esx-1-vmk0@`. */
  private readonly byStart = new Map<string, string>();
  /** Findings about who reaches management, by the interface. */
  private readonly byTarget = new Map<string, string[]>();

  constructor({ network, drafts }: Evaluation) {
    this.network = network;
    for (const [id, draft] of drafts) {
      const rule = id.slice(0, id.indexOf(":"));
      if (rule === "NET-001" || rule === "MGT-001") this.byStart.set(id.slice(0, id.indexOf("@") + 1), id);
      if (rule === "NET-002") this.byStart.set(id, id);
      // A finding about a BMC is identified by it.
      const targets = rule === "MGT-002" ? draft.subjects : rule === "MGT-009" ? [draft.key] : [];
      for (const target of targets) this.byTarget.set(target, [...(this.byTarget.get(target) ?? []), id]);
    }
  }

  of(sender: string, receiver: string, pair: Answer): Explanation {
    const [from, to] = [this.network.party(sender), this.network.party(receiver)];
    const kind = to?.kind;
    if (kind === "managementInterface" || kind === "bmc") return this.toManagement(receiver, pair, from?.tenant ?? sender, kind === "bmc" ? "MGT-009" : "MGT-002");
    if (pair.verdict === "permitted") return { rule: from?.tenant !== undefined && from.tenant === to?.tenant ? "NET-008" : "FW-002", finding: undefined, detail: "the policy permits it" };
    const names = [from?.tenant ?? "", to?.tenant ?? ""];
    const shared = pair.layer === 2 ? this.byStart.get(`NET-001:${[...names].sort().join("+")}@`) : undefined;
    const routed = this.byStart.get(`NET-002:${names.join(">")}`) ?? this.byStart.get(`NET-002:${names[0] ?? ""}>*`);
    const finding = shared ?? routed;
    return { rule: finding === undefined ? (pair.layer === 2 ? "NET-001" : "NET-002") : finding.slice(0, 7), finding, detail: pair.layer === 2 ? "both are in one segment" : "packets are routed there beyond the policy" };
  }

  private toManagement(to: string, { layer, verdict }: Answer, sender: string, rule: string): Explanation {
    const segment = layer === 2 ? this.byStart.get(`MGT-001:${to}@`) : undefined;
    const about = this.byTarget.get(to) ?? [];
    const finding = segment ?? about.find((id) => id.startsWith(`${rule}:${sender}>`)) ?? about[0];
    const detail = verdict === "permitted" ? "the policy permits it" : layer === 2 ? "management is in the segment" : "packets are routed to management beyond the policy";
    return { rule: finding === undefined ? rule : finding.slice(0, 7), finding: verdict === "permitted" ? undefined : finding, detail };
  }
}
