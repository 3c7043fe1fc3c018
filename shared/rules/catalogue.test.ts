import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "./index";

/** The catalogue that the rules were written after; it lies beside the checkout, or nowhere. */
const SOURCE = new URL("../../../shared/spec/rules.json", import.meta.url);

/** What nobody has checked: numbers of drafts, entries that were never opened, titles without a text. */
const UNVERIFIED = /HY-SR|VM-NS-R|VM-FW-R|T1115|T1496|T1497|T1059\.012|T1673|T1675|CWE-(653|290|311|770|22)\b|800-41|800-88|CVE-2024-2225[345]|CVE-2025-2222[56]|CVE-2021-21974|CVE-2018-(3646|121)|CVE-2019-11091|CVE-2022-29901|CVE-2017-575[34]|CVE-2026|VMSA-2026/;

describe("every page of the catalogue", () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))("%s says what, why, when and how to mend it, and what identifies a finding", (_id, rule) => {
    for (const text of [rule.title, rule.threat, rule.condition, rule.fix, rule.caveats]) expect(text).not.toBe("");
    expect(rule.condition).toMatch(/[Ii]dentified/);
    for (const { platform, text } of rule.commands) expect([platform, text]).not.toContain("");
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))("%s prints nothing that was not checked", (_id, rule) => {
    expect(JSON.stringify([rule.references, rule.threat, rule.condition, rule.fix, rule.caveats])).not.toMatch(UNVERIFIED);
  });

  it("has each id once, in order of the families", () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(61);
  });

  it.skipIf(!existsSync(SOURCE))("has the rules and severities of the catalogue that lies beside the checkout", () => {
    const { rules } = JSON.parse(readFileSync(SOURCE, "utf8")) as { rules: readonly { id: string; severity: string }[] };
    expect(RULES.map(({ id, severity }) => `${id} ${severity}`)).toEqual(rules.map(({ id, severity }) => `${id} ${severity}`));
  });
});
