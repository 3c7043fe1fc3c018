import type { ReactNode } from "react";
import { BadgeCheck, TriangleAlert } from "lucide-react";
import type { UndecidedBetween } from "../../shared/fixes/effect";
import type { RuleChange, Segmentation } from "../../shared/segmentation/segmentation";
import { administrationWords, cutWords, first, remainingByReason, ruleWords } from "../../shared/segmentation/words";
import { Balance } from "../plan/Balance";
import { CommandBlock } from "../plan/CommandBlock";
import { Fold, Ids } from "../plan/Fold";
import { joinCommands } from "../plan/words";
import { describeEdit } from "../ui/edit-words";
import { capital, headline, lostFlows } from "./proof-words";

/** What the analysis of the changed copy says, the rules, and everything else that changes. */
export function Proof({ segmentation, undecided }: { readonly segmentation: Segmentation; readonly undecided: UndecidedBetween }) {
  const { verified, edits, closes, opens, breaksRequired, administrators, stops, cut, remaining, byHand, rules, commands, before, after } = segmentation;
  const held = segmentation.required.filter((flow) => flow.after === "holds").map(({ id }) => id);
  return (
    <div className="segmentation-proof">
      <div className="segmentation-facts">
        <p className={`plan-effect${verified ? "" : " harm"}`} role="status">{verified ? <BadgeCheck aria-hidden /> : <TriangleAlert aria-hidden />}<span>{headline(segmentation)}</span></p>
        <dl className="selectable">
          {held.length > 0 && <Fact label="Required and hold">{first(held).join(", ")}</Fact>}
          {lostFlows(segmentation).map((text) => <Fact key={text} label="Required and fail" bad>{text}</Fact>)}
          {administrators.map((one) => <Fact key={one.from} label="Administrators" bad={one.loses.length > 0}>{administrationWords(one)}</Fact>)}
          {stops.length > 0 && <Fact label="Stops">{first(stops.map(({ from, to }) => `${from} → ${to}`)).join(", ")}</Fact>}
          {cut.map((one) => <Fact key={one.within} label="Cuts">{cutWords(one)}</Fact>)}
          {remaining.length === 0 && <Fact label="Remains">Nothing: every other pair is isolated</Fact>}
          {[...remainingByReason(remaining)].map(([reason, pairs]) => <Fact key={reason} label="Remains" bad>{capital(reason)}<ul>{pairs.map((pair) => <li key={pair}>{pair}</li>)}</ul></Fact>)}
          {byHand.map((text) => <Fact key={text} label="By hand">{text}</Fact>)}
        </dl>
        {rules.map((change) => <Rules key={change.filter} change={change} />)}
        <div className="plan-folds">
          <Fold label={`${edits.length} ${edits.length === 1 ? "change" : "changes"}`}><ul>{edits.map((change, index) => <li key={index}><code>{describeEdit(change)}</code></li>)}</ul></Fold>
          <Fold label="Findings"><Ids label="Closes" ids={closes} /><Ids label="Opens" ids={opens} /><Ids label="Breaks required" ids={breaksRequired} /></Fold>
          {commands.length > 0 && <Fold label={`${commands.length} ${commands.length === 1 ? "command" : "commands"}`}>{joinCommands(commands).map((command, index) => <CommandBlock key={index} {...command} />)}</Fold>}
        </div>
      </div>
      <Balance before={before} after={after} undecided={undecided} />
    </div>
  );
}

function Fact({ label, bad = false, children }: { readonly label: string; readonly bad?: boolean; readonly children: ReactNode }) {
  return <div className={bad ? "bad" : ""}><dt>{label}</dt><dd>{children}</dd></div>;
}

/** The rules of one filter as they would be; new and changed ones are marked. */
function Rules({ change: { filter, rules, added, changed, removed, defaultAction } }: { readonly change: RuleChange }) {
  const mark = (id: string): string => (added.includes(id) ? "+" : changed.includes(id) ? "~" : "");
  return (
    <section className="segmentation-rules selectable" aria-label={`Rules of ${filter}`}>
      <h3>{filter}</h3>
      <ol>
        {rules.map((rule) => <li key={rule.id}><span aria-hidden>{mark(rule.id)}</span><code>{ruleWords(rule)}</code></li>)}
        <li><span aria-hidden>{defaultAction.before === defaultAction.after ? "" : "~"}</span><code>then {defaultAction.after}</code></li>
        {removed.length > 0 && <li className="muted"><span aria-hidden>−</span><code>{removed.join(", ")}</code></li>}
      </ol>
    </section>
  );
}
