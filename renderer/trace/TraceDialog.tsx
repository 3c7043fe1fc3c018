import { useId, useMemo, useState } from "react";
import { ArrowRightLeft } from "lucide-react";
import type { Assume } from "../../shared/analysis/result";
import { useDocument } from "../store/document";
import { openDialog, useSession } from "../store/session";
import { Button, IconButton } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Segmented } from "../ui/Segmented";
import { PartyField } from "../ui/PartyField";
import { suggestionsOf, partyName } from "../ui/suggestions";
import { TraceResult } from "./TraceResult";
import { useTrace, type Question } from "./useTrace";
import "./trace.css";

const ASSUMES: readonly { readonly value: Assume; readonly label: string }[] = [{ value: "hostile", label: "Hostile" }, { value: "configured", label: "As configured" }];
const MEANINGS: Readonly<Record<Assume, string>> = {
  hostile: "Any guest may forge addresses and tags.",
  configured: "Guests use their addresses and gateways as written.",
};

/** Can it reach, by which path, and if not, where it is stopped. Answers while one types. */
export function TraceDialog() {
  const topology = useDocument((state) => state.topology);
  const dialog = useSession((state) => (state.dialog?.type === "trace" ? state.dialog : undefined));
  const [from, setFrom] = useState(() => partyName(topology, dialog?.from ?? ""));
  const [to, setTo] = useState(() => partyName(topology, dialog?.to ?? ""));
  const [service, setService] = useState("");
  const [assume, setAssume] = useState<Assume>("hostile");
  const suggestions = useMemo(() => suggestionsOf(topology), [topology]);
  const question = useMemo<Question | undefined>(
    () => (from.trim() === "" || to.trim() === "" ? undefined : { from: from.trim(), to: to.trim(), services: service.trim() === "" ? undefined : service.trim(), assume }),
    [from, to, service, assume],
  );
  const answer = useTrace(question);
  const serviceId = useId();
  const close = (): void => openDialog(undefined);

  return (
    <Dialog title="Trace" width="medium" onClose={close} footer={<Button onClick={close}>Close</Button>}>
      <div className="trace">
        <div className="trace-form">
          <span aria-hidden>From</span>
          <PartyField label="From" value={from} suggestions={suggestions} autoFocus={from === ""} onChange={setFrom} />
          <IconButton
            label="Swap" icon={<ArrowRightLeft />} className="trace-swap"
            onClick={() => {
              setFrom(to);
              setTo(from);
            }}
          />
          <span aria-hidden>To</span>
          <PartyField label="To" value={to} suggestions={suggestions} autoFocus={from !== ""} onChange={setTo} />
          <label htmlFor={serviceId}>Service</label>
          <div className="field-box">
            <input id={serviceId} type="text" placeholder="any, or icmp, tcp/443, udp/5000-5010" spellCheck={false} autoComplete="off" value={service} onChange={(event) => setService(event.target.value)} />
          </div>
          <span aria-hidden>Guests</span>
          <div className="trace-assume"><Segmented label="Guests" size="small" value={assume} options={ASSUMES} onChange={setAssume} /><span className="muted">{MEANINGS[assume]}</span></div>
        </div>
        {answer.failure !== undefined && <p className="field-error" role="alert">{answer.failure}</p>}
        {question === undefined && <p className="muted trace-hint">Choose where the flow starts and where it goes: a VM, a management interface, an external network, or a group of them.</p>}
        {question !== undefined && answer.failure === undefined && (
          answer.trace === undefined ? <p className="muted trace-hint" role="status">Tracing…</p> : <TraceResult trace={answer.trace} question={question} waiting={answer.waiting} />
        )}
      </div>
    </Dialog>
  );
}
