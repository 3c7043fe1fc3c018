import { describe, expect, it } from "vitest";
import { evaluate, type Evaluation } from "../analysis/evaluate";
import { formatTopology } from "../model/canonical";
import { applyEdits } from "../model/edit";
import { parseTopology } from "../model/parse";
import { listServices, subtractServices, unionServices } from "../model/services";
import { entries } from "../model/topology";
import { Enforcement } from "../rules/enforcement";
import { TODAY } from "../rules/testing";
import { randomFlawedDocument } from "../rules/testing-random";
import { onlyRequired } from "./only-required";
import { prove } from "./proof";

const DOCUMENTS = 40;

/** VMs all of whose vNICs a distributed firewall filters. */
function filteredVms({ topology }: Evaluation): Set<string> {
  const enforcement = new Enforcement(topology);
  return new Set(entries(topology, "vms").filter(([id, { nics, role }]) => role !== "template" && Object.values(nics ?? {}).every((nic) => enforcement.gapOf(id, nic) === undefined)).map(([id]) => id));
}

describe("allow only what is required, on random flawed documents", () => {
  it("lets nothing through between filtered VMs but what the policy names, keeps what held, and tells of everything that remains", () => {
    let proven = 0;
    for (let seed = 1; seed <= DOCUMENTS; seed += 1) {
      const before = evaluate(randomFlawedDocument(seed), { today: TODAY });
      const candidate = onlyRequired(before, { distributed: true });
      const result = candidate === undefined ? undefined : prove(before, candidate);
      expect(result === undefined, `seed ${seed}: valid edits`).toBe(candidate === undefined);
      if (result === undefined) continue;
      proven += 1;
      const parsed = parseTopology(formatTopology(applyEdits(before.topology, result.segmentation.edits)));
      if (!parsed.ok) throw new Error(`seed ${seed}: ${parsed.problems[0]?.message ?? ""}`);
      const after = evaluate(parsed.topology, { today: TODAY });
      const filtered = filteredVms(after);
      for (const { from, to, services, oneWay, verdict } of after.network.pairs) {
        if (filtered.has(from) && filtered.has(to)) {
          expect([seed, from, to, listServices(subtractServices(unionServices(services, oneWay), after.network.allowed(from, to)))]).toEqual([seed, from, to, []]);
        }
        if (verdict === "permitted" || verdict === "isolated") continue;
        const [sender, receiver] = [after.network.party(from), after.network.party(to)];
        const needsNoEntry = sender?.kind === "vm" ? sender.tenant !== undefined && sender.tenant === receiver?.tenant : sender?.kind !== "external" && receiver?.kind !== "external";
        if (verdict === "unknown" && needsNoEntry) continue;
        const labels = [from, to].map((id) => { const party = after.network.party(id); return party?.kind === "vm" ? (party.tenant ?? "no tenant") : party?.kind === "external" ? id : "management"; });
        expect(result.segmentation.remaining.some((one) => one.verdict === verdict && one.from === labels[0] && one.to === labels[1]), `seed ${seed}: ${from} to ${to}`).toBe(true);
      }
      for (const { id, holds } of before.network.required) {
        const kept = after.network.required.find((entry) => entry.id === id)?.holds === true;
        if (holds) expect([seed, id, kept || result.segmentation.breaksRequired.includes(id)]).toEqual([seed, id, true]);
      }
    }
    expect(proven).toBeGreaterThan(DOCUMENTS / 2);
  }, 120_000);
});
