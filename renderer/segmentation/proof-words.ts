/** What a proof comes to, in words. Pure. */
import type { Segmentation } from "../../shared/segmentation/segmentation";

export function headline({ verified, edits, closes, opens, breaksRequired, administrators }: Segmentation): string {
  if (edits.length === 0) return "Nothing to change: the document is so already.";
  const counts = `closes ${closes.length} · opens ${opens.length} · breaks ${breaksRequired.length}`;
  if (verified) return counts;
  const lost = administrators.filter(({ loses }) => loses.length > 0).map(({ from }) => from);
  return `${counts}. Not to be applied: it ${[...(breaksRequired.length === 0 ? [] : ["breaks a required flow"]), ...(lost.length === 0 ? [] : [`locks ${lost.join(", ")} out of management`])].join(" and ")}.`;
}

/** Required flows that do not hold after it, each with the reason. */
export function lostFlows({ required, breaksRequired }: Segmentation): string[] {
  return required.filter(({ after }) => after !== "holds").map(({ id, after, why = "" }) => `${id} (${breaksRequired.includes(id) ? "broken" : after === "unknown" ? "unknown" : "as before"}): ${why}`);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
