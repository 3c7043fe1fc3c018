import { useEffect, useState } from "react";
import { useDocument } from "../store/document";
import { useSession } from "../store/session";
import { inHand, selected, stepTaken } from "./announcements";

/** What happens at once is said in one breath. */
const BREATH_MS = 80;

/** Says to screen readers what one otherwise sees: what is selected, what a key has changed, undone or taken in hand. Verdicts are said by the status bar. */
export function Announcer() {
  const [said, setSaid] = useState("");
  useEffect(() => {
    let waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (text: string): void => {
      waiting.push(text);
      clearTimeout(timer);
      timer = setTimeout(() => {
        setSaid(waiting.join(". "));
        waiting = [];
      }, BREATH_MS);
    };
    const stops = [
      useSession.subscribe((now, before) => {
        if (now.tool !== before.tool && now.tool !== undefined && now.tool.dragging !== true) say(inHand(now.tool));
        if (now.selection !== before.selection) say(selected(useDocument.getState().topology, now.selection));
      }),
      useDocument.subscribe((now, before) => {
        const change = now.generation === before.generation ? stepTaken(before.history, now.history) : undefined;
        if (change !== undefined) say(change);
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, []);
  return <p className="visually-hidden" role="status" aria-label="What has just happened">{said}</p>;
}
