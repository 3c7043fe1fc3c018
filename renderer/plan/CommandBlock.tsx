import type { PlanStep } from "../../shared/analysis/result";
import { CopyBlock } from "../ui/CopyBlock";

/** What an operator types, and where. */
export function CommandBlock({ platform, on, text }: PlanStep["commands"][number]) {
  return <CopyBlock caption={<><span className="muted">{platform}</span> {on}</>} label={`Command for ${on}`} copyLabel={`Copy the command for ${on}`} text={text} />;
}
