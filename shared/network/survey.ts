/** One pass over all rows of the matrix, for everything that is summed up from them. */
import { Concerns } from "./concerns";
import { Exposed } from "./exposed";
import type { Rows } from "./rows";
import { TenantSums } from "./sums";

export interface Survey {
  readonly tenants: TenantSums;
  readonly exposed: Exposed;
  readonly concerns: Concerns;
}

export function surveyRows(rows: Rows): Survey {
  const tenants = new TenantSums(rows);
  const exposed = new Exposed(rows);
  const concerns = new Concerns(rows);
  for (const from of rows.parties.classes) {
    if (from.hosts.length === 0) continue;
    rows.forEachMeeting(from, (to, answer) => {
      tenants.add(from, to, answer);
      exposed.add(from, to, answer);
      concerns.add(from, to, answer);
    });
    rows.askCommon(from);
    exposed.addCommon(from);
    concerns.addCommon(from);
  }
  for (const { verdict } of rows.commons()) if (verdict === "unknown") concerns.hasUnknown = true;
  return { tenants, exposed, concerns };
}
