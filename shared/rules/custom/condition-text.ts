import type { Condition } from "./schema";

/** A condition in words, for the catalogue. */
export function conditionText(condition: Condition): string {
  const { all, any, not, field, reaches, reachedBy } = condition;
  if (all !== undefined) return all.map(bracketed).join(" and ");
  if (any !== undefined) return any.map(bracketed).join(" or ");
  if (not !== undefined) return `not ${bracketed(not)}`;
  if (field !== undefined) return `${field} ${testText(condition)}`;
  const { services, verdicts } = condition;
  const narrowed = `${services === undefined ? "" : ` on ${services.join(", ")}`}${verdicts === undefined ? "" : `, ${verdicts.join(" or ")}`}`;
  return reaches !== undefined ? `it reaches ${reaches.join(" or ")}${narrowed}` : `${(reachedBy ?? []).join(" or ")} reaches it${narrowed}`;
}

function bracketed(condition: Condition): string {
  return condition.all !== undefined || condition.any !== undefined ? `(${conditionText(condition)})` : conditionText(condition);
}

function testText({ equals, in: among, exists, less, greater, startsWith, contains }: Condition): string {
  if (exists !== undefined) return exists ? "is written down" : "is not written down";
  if (equals !== undefined) return `is ${String(equals)}`;
  if (among !== undefined) return `is ${among.map(String).join(" or ")}`;
  if (less !== undefined) return `is less than ${less}`;
  if (greater !== undefined) return `is greater than ${greater}`;
  return startsWith !== undefined ? `begins with ${startsWith}` : `holds ${String(contains)}`;
}
