/** Exports in which nobody is named. */
import type { Digest } from "../analysis/findings-json";
import { anonymize, type Anonymized } from "../anonymize/anonymize";
import { parseView } from "../diagram/view";
import type { Subject, Wish } from "./order";

/** The name that an anonymized document has where a format names its file. */
const NAMELESS = "anonymized.bulkhead.json";

export interface Anonymous {
  /** Without the rules of one's own: they name things and say what they are. */
  readonly subject: Subject;
  /** The same wish for it. Its author stays. */
  readonly wish: (wish: Wish) => Wish;
}

export function anonymous(subject: Subject, digest?: Digest): Anonymous {
  const anonymized = anonymize(subject.topology, digest);
  return {
    subject: { ...subject, topology: anonymized.topology, rules: [] },
    wish: (wish) => {
      const { view } = wish.options;
      return { ...wish, source: NAMELESS, canonical: true, options: view === undefined ? wish.options : { ...wish.options, view: renamedView(view, anonymized) } };
    },
  };
}

/** A view names things as the document does. */
function renamedView(text: string, { finding, selector, thing }: Anonymized): string {
  const parsed = parseView(text);
  switch (parsed?.kind) {
    case "tenant": return selector(text);
    case "selection": return `selection:${parsed.members.map((each) => (each.startsWith("id:") ? `id:${thing(each.slice("id:".length))}` : selector(each))).join(",")}`;
    case "path": return `path:${finding(parsed.finding) ?? parsed.finding}`;
    default: return text;
  }
}
