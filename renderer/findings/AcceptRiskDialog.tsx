import { useId, useState, type FormEvent } from "react";
import { acceptanceOf } from "../../shared/analysis/acceptance";
import { edit, useDocument } from "../store/document";
import { openDialog } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { acceptRisk, untilFault } from "./accept";

/** Reason, owner and last day of an accepted risk; those of an entry that is there already, also one that has expired, are the beginning. */
export function AcceptRiskDialog({ finding }: { readonly finding: string }) {
  const topology = useDocument((state) => state.topology);
  const [before] = useState(() => acceptanceOf(topology, finding));
  const [reason, setReason] = useState(before?.reason ?? "");
  const [by, setBy] = useState(before?.by ?? "");
  const [until, setUntil] = useState(before?.until ?? "");
  const [form, fault] = [useId(), useId()];
  const wrongDay = untilFault(until, new Date().toISOString().slice(0, 10));
  const canAccept = reason.trim() !== "" && wrongDay === undefined;
  const close = () => openDialog(undefined);
  const accept = (event: FormEvent) => {
    event.preventDefault();
    if (!canAccept) return;
    edit(acceptRisk(topology, { finding, ...given("reason", reason), ...given("by", by), ...given("until", until) }));
    close();
  };
  const footer = (
    <>
      <Button onClick={close}>Cancel</Button>
      <Button variant="primary" type="submit" form={form} disabled={!canAccept}>{before === undefined ? "Accept risk" : "Save"}</Button>
    </>
  );
  return (
    <Dialog title={before === undefined ? "Accept this risk" : "Acceptance of this risk"} description={`${finding} stays in every report, marked as accepted, and leaves the severity counts.`} width="narrow" onClose={close} footer={footer}>
      <form id={form} onSubmit={accept}>
        <label className="form-label">Reason<textarea className="field-box" autoFocus required value={reason} onChange={(event) => setReason(event.target.value)} /></label>
        <label className="form-label">Owner<span className="field-box"><input type="text" value={by} onChange={(event) => setBy(event.target.value)} /></span></label>
        <label className="form-label">Until, the last day on which it counts<span className={`field-box${wrongDay === undefined ? "" : " invalid"}`}><input type="text" placeholder="no end, or a day such as 2027-06-30" value={until} aria-invalid={wrongDay !== undefined} aria-describedby={fault} onChange={(event) => setUntil(event.target.value)} /></span></label>
        {wrongDay !== undefined && <p id={fault} className="field-error" role="alert">{wrongDay}</p>}
      </form>
    </Dialog>
  );
}

function given<K extends string>(key: K, text: string): Partial<Record<K, string>> {
  return text.trim() === "" ? {} : ({ [key]: text.trim() } as Record<K, string>);
}
