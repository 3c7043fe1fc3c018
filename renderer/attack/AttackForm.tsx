import { useMemo } from "react";
import { ArrowRightLeft } from "lucide-react";
import { setAttack, useAttack } from "../store/attack";
import { useDocument } from "../store/document";
import { IconButton } from "../ui/Button";
import { PartyField } from "../ui/PartyField";
import { suggestionsOf } from "../ui/suggestions";
import { Switch } from "../ui/Switch";

/** Whom the attacker has, what is to be got at, and where VMs count as running. */
export function AttackForm() {
  const topology = useDocument((state) => state.topology);
  const { from, to, placement } = useAttack();
  const suggestions = useMemo(() => suggestionsOf(topology), [topology]);
  // Tenants first: they are what isolation is about.
  const groupsFirst = useMemo(() => [...suggestions].sort((a, b) => Number(b.kind === "Tenant") - Number(a.kind === "Tenant")), [suggestions]);
  return (
    <div className="attack-form">
      <span aria-hidden>From</span>
      <PartyField label="From" placeholder="Tenant or VM" value={from} suggestions={groupsFirst} autoFocus={from === ""} onChange={(value) => setAttack({ from: value })} />
      <IconButton label="Swap" icon={<ArrowRightLeft />} className="attack-swap" disabled={to === ""} onClick={() => setAttack({ from: to, to: from })} />
      <span aria-hidden>To</span>
      <PartyField label="To" placeholder="Anything: tenants, hypervisors" value={to} suggestions={groupsFirst} autoFocus={false} onChange={(value) => setAttack({ to: value })} />
      <div className="attack-placement">
        <Switch
          label="Also if a VM moves to another host of its cluster" checked={placement === "cluster"} onChange={(on) => setAttack({ placement: on ? "cluster" : "drawn" })}
          description="Counts shared memory, shared cores and escape on every hypervisor that has a VM's networks and datastores"
        />
      </div>
    </div>
  );
}
