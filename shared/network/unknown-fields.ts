/** The absent fields on which any verdict of the whole network rests, class by class. */
import type { Kernel } from "./kernel";
import { missingBetween } from "./missing";
import type { Parties, PartyClass } from "./parties";
import type { Policy } from "./policy";
import type { Rows } from "./rows";
import type { End } from "./types";
import type { Doubts } from "./verdicts";

/** JSON paths. Where links are not among the doubts a class is looked at once as sender and once as receiver, not once per pair. */
export function unknownFields(kernel: Kernel, parties: Parties, rows: Rows, policy: Policy): ReadonlySet<string> {
  const paths = new Set<string>();
  const seen = new Set<string>();
  const ends = ({ members }: PartyClass): (readonly End[])[] => members.map((party) => parties.ends(party));
  const isNew = (key: string): boolean => seen.size < seen.add(key).size;
  const look = (from: PartyClass, to: PartyClass, doubts: Doubts): void => {
    for (const path of missingBetween(kernel, ends(from), ends(to), doubts)) paths.add(path);
    if (!doubts.tenant) return;
    const [source, target] = [from.members[0], to.members[0]];
    if (source === undefined || target === undefined) return;
    for (const party of from.members) for (const path of policy.permission(party, target).missing) paths.add(path);
    for (const party of to.members) for (const path of policy.permission(source, party).missing) paths.add(path);
  };
  for (const from of parties.classes) {
    if (from.members.length === 0) continue;
    rows.forEach(from, (to, { doubts }) => {
      if (from === to && from.members.length < 2) return;
      const { tenant, links, shield, sources, targets } = doubts;
      const kind = `${tenant} ${shield} ${sources} ${targets}`;
      const [isSender, isReceiver] = [isNew(`${from.index} > ${kind}`), isNew(`> ${to.index} ${kind}`)];
      if (links || isSender || isReceiver) look(from, to, doubts);
    }, ({ verdict }) => verdict === "unknown");
  }
  return paths;
}
