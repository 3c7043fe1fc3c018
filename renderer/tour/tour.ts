/** Beginning and ending the tour. It is shown once to each user, and again when asked for. */
import { showResult } from "../files/current";
import { attempt } from "../store/attempt";
import { useDocument } from "../store/document";
import { setTourStep } from "../store/tour";

/** What the tour is about. */
const SAMPLE = "flawed-scenario";

/** After a start: the tour, for who has not had it and sees the sample of a first start. */
export async function tourOnFirstStart(): Promise<void> {
  const { file } = useDocument.getState();
  if (file.handle !== null || file.name !== `${SAMPLE}.bulkhead.json` || (await window.bulkhead.settings()).toured) return;
  begin();
}

/** Opens the sample here, or in another window if this one holds work, and shows the tour there. */
export async function showTour(): Promise<void> {
  await window.bulkhead.setToured(false);
  const result = await window.bulkhead.openSample(SAMPLE);
  await showResult(result);
  if (result.status === "opened") begin();
}

function begin(): void {
  setTourStep(0);
  attempt(window.bulkhead.setToured(true), "The tour will be shown again at the next start");
}
