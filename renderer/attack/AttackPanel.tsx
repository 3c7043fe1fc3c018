import { useMemo } from "react";
import { X } from "lucide-react";
import { useAttack } from "../store/attack";
import { useDocument } from "../store/document";
import { setView } from "../store/session";
import type { AttackQuestion } from "../analysis/protocol";
import { IconButton } from "../ui/Button";
import { AttackForm } from "./AttackForm";
import { AttackResult } from "./AttackResult";
import "./attack.css";

/** Beside the picture: whom an attacker gets at from here, by which steps, and what ends them. */
export function AttackPanel() {
  const { from, to, placement } = useAttack();
  const hasVms = useDocument((state) => Object.keys(state.topology.vms ?? {}).length > 0);
  const question = useMemo<AttackQuestion | undefined>(
    () => (from.trim() === "" ? undefined : { from: from.trim(), to: to.trim() === "" ? undefined : to.trim(), placement }),
    [from, to, placement],
  );
  return (
    <aside className="attack" aria-label="Attack paths">
      <header className="attack-head">
        <h2 className="panel-title">Attack paths</h2>
        <IconButton label="Close attack paths" icon={<X />} onClick={() => setView("canvas")} />
      </header>
      <AttackForm />
      {question === undefined ? <Teach hasVms={hasVms} /> : <AttackResult question={question} />}
    </aside>
  );
}

function Teach({ hasVms }: { readonly hasVms: boolean }) {
  return (
    <div className="attack-teach">
      <p><strong>{hasVms ? "Suppose somebody has a VM. Where do they get from there?" : "Draw or import a network first."}</strong></p>
      <p>A path goes over packets, and over everything else that leads out of a VM: clipboard, shared folders, shared memory and cores, devices, a hypervisor without updates, management.</p>
      {hasVms && <p>Choose a tenant or a VM above, or “Attack Paths from Here” in the menu of a VM or tenant. Without a target every other tenant and every hypervisor is looked at.</p>}
    </div>
  );
}
