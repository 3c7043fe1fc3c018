import { useId, useMemo } from "react";
import { ArrowRight, X } from "lucide-react";
import type { Rule } from "../../shared/model/kinds/forwarder";
import type { HitCase } from "../../shared/network/hit-test";
import { useDocument } from "../store/document";
import { setHit, toggleHit, type HitForm } from "../store/rules";
import { openDialog } from "../store/session";
import { Button, IconButton } from "../ui/Button";
import { PartyField } from "../ui/PartyField";
import { Select } from "../ui/Select";
import { parties } from "../ui/suggestions";
import { textTooltip } from "../ui/Tooltip";
import { packetWords, verdictOf } from "./hit-words";
import type { HitResult } from "./useHitTest";

interface HitBarProps {
  readonly form: HitForm;
  /** The interfaces that rules name; a filter of which none is named does not ask for them. */
  readonly interfaces: readonly string[];
  readonly rules: readonly Rule[];
  readonly result: HitResult;
  /** The case that the list shows. */
  readonly shown: HitCase | undefined;
  readonly onShow: (place: number) => void;
}

const EVERY = "";

/** "Which rule decides this packet?" The list beside each rule says why it does not. */
export function HitBar({ form, interfaces, rules, result, shown, onShow }: HitBarProps) {
  const topology = useDocument((state) => state.topology);
  const suggestions = useMemo(() => parties(topology), [topology]);
  const serviceId = useId();
  const options = [{ value: EVERY, label: "any" }, ...interfaces.map((id) => ({ value: id, label: id }))];
  return (
    <section className="hit-bar" aria-label="Hit test">
      <div className="hit-form">
        <PartyField label="Packet from" value={form.from} suggestions={suggestions} autoFocus={form.from === ""} onChange={(from) => setHit({ from })} />
        <ArrowRight className="hit-arrow" aria-hidden />
        <PartyField label="Packet to" value={form.to} suggestions={suggestions} autoFocus={false} onChange={(to) => setHit({ to })} />
        <div className="field-box hit-service">
          <input id={serviceId} aria-label="Service of the packet" type="text" placeholder="any service, tcp/443…" spellCheck={false} autoComplete="off" value={form.service} onChange={(event) => setHit({ service: event.target.value })} />
        </div>
        {interfaces.length > 0 && (["in", "out"] as const).map((way) => (
          <div key={way} className="hit-way"><Select label={way === "in" ? "Comes in by" : "Goes out by"} value={form[way] ?? EVERY} options={options} shown={`${way}: ${form[way] ?? "any"}`} onChange={(next) => setHit({ [way]: next === EVERY ? undefined : next })} /></div>
        ))}
        <IconButton label="Close the hit test" icon={<X />} className="hit-close" onClick={() => toggleHit(false)} />
      </div>
      <Outcome form={form} rules={rules} result={result} shown={shown} onShow={onShow} />
    </section>
  );
}

function Outcome({ form, rules, result: { answer, failure, waiting }, shown, onShow }: Omit<HitBarProps, "interfaces">) {
  if (failure !== undefined) return <p className="hit-outcome field-error" role="alert">{failure}</p>;
  if (answer === undefined || shown === undefined) return <p className="hit-outcome muted" role="status">{waiting ? "Asking…" : "Say where a packet comes from and goes to: a VM, a management interface, an external network, or an address. The rule that decides it is marked below."}</p>;
  const verdict = verdictOf(shown, rules);
  const { cases } = answer;
  const [packet] = shown.packets;
  return (
    <div className="hit-outcome" aria-busy={waiting}>
      <p role="status"><strong className={`hit-verdict hit-${verdict.tone}`}>{verdict.words}</strong>{!answer.sees && <span className="hit-unseen"> This firewall stands at neither end: it does not see the packet.</span>}</p>
      {cases.length > 1
        ? <div className="hit-cases"><Select label="Packet" note={`${cases.indexOf(shown) + 1} of ${cases.length}`} value={String(cases.indexOf(shown))} options={cases.map((each, index) => ({ value: String(index), label: each.packets[0] === undefined ? "" : packetWords(each.packets[0]), note: verdictOf(each, rules).tone }))} onChange={(next) => onShow(Number(next))} /></div>
        : packet !== undefined && <span className="hit-packet truncate muted" {...textTooltip(shown.packets.map(packetWords).join("\n"))}>{packetWords(packet)}{shown.packets.length > 1 ? ` and ${shown.packets.length - 1} more like it` : ""}</span>}
      <Button variant="link" size="small" onClick={() => openDialog({ type: "trace", from: form.from, to: form.to })}>Does it get here? Trace…</Button>
    </div>
  );
}
