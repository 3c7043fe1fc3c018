import { useState } from "react";
import { edit, useDocument } from "../store/document";
import { openDialog } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { acceptRisk } from "./accept";

/** Reason, owner and last day of an accepted risk. */
export function AcceptRiskDialog({ finding }: { readonly finding: string }) {
  const topology = useDocument((state) => state.topology);
  const [reason, setReason] = useState("");
  const [by, setBy] = useState("");
  const [until, setUntil] = useState("");
  const dateError = until !== "" && !isDay(until) ? "A day such as 2027-06-30" : undefined;
  const close = () => openDialog(undefined);
  const accept = () => {
    edit(acceptRisk(topology, { finding, ...given("reason", reason), ...given("by", by), ...given("until", until) }));
    close();
  };
  const footer = (
    <>
      <Button onClick={close}>Cancel</Button>
      <Button variant="primary" disabled={reason.trim() === "" || dateError !== undefined} onClick={accept}>Accept risk</Button>
    </>
  );
  return (
    <Dialog title="Accept this risk" description={`${finding} stays in every report, marked as accepted, and leaves the severity counts.`} width="narrow" onClose={close} footer={footer}>
      <label className="form-label">Reason<textarea className="field-box" value={reason} onChange={(event) => setReason(event.target.value)} /></label>
      <label className="form-label">Owner<span className="field-box"><input type="text" value={by} onChange={(event) => setBy(event.target.value)} /></span></label>
      <label className="form-label">Until, the last day on which it counts<span className={`field-box${dateError === undefined ? "" : " invalid"}`}><input type="text" placeholder="no end" value={until} aria-invalid={dateError !== undefined} onChange={(event) => setUntil(event.target.value)} /></span></label>
      {dateError !== undefined && <p className="field-error" role="alert">{dateError}</p>}
    </Dialog>
  );
}

function given<K extends string>(key: K, text: string): Partial<Record<K, string>> {
  return text.trim() === "" ? {} : ({ [key]: text.trim() } as Record<K, string>);
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
