import { describe, expect, it } from "vitest";
import type { Finding } from "../../shared/analysis/result";
import { badgeKey, badgesOf, filterRows, keptOrder, nextSort, sortRows } from "./order";
import { atOnce } from "./plan";
import type { Row } from "./rows";

const rows = ["b", "a10", "a2", "c"].map((id): Row => ({ id, owner: id, local: undefined, value: {} }));
const ids = (list: readonly Row[]): string[] => list.map(({ id }) => id);

describe("the order of rows", () => {
  it("is ascending, then descending, then the document's", () => {
    const first = nextSort(undefined, "vlan");
    expect([first, nextSort(first, "vlan"), nextSort(nextSort(first, "vlan"), "vlan"), nextSort(first, "name")]).toEqual([{ column: "vlan", descending: false }, { column: "vlan", descending: true }, undefined, { column: "name", descending: false }]);
  });

  it("counts numbers as numbers, and has what says nothing last", () => {
    const textOf = ({ id }: Row): string => (id === "c" ? "" : id);
    expect(ids(atOnce(sortRows(rows, textOf, false)))).toEqual(["a2", "a10", "b", "c"]);
    expect(ids(atOnce(sortRows(rows, textOf, true)))).toEqual(["b", "a10", "a2", "c"]);
  });

  it("stays under the hand: an edited row does not jump, a new one comes last", () => {
    const before = ["c", "b", "gone"];
    expect(ids(keptOrder(before, new Set([...before, "a2"]), rows))).toEqual(["c", "b", "a10"]);
  });

  it("finds rows by every word, in the id or a cell", () => {
    const column = { key: "k" } as never;
    expect(ids(atOnce(filterRows(rows, "A 10", [column], () => "")))).toEqual(["a10"]);
    expect(ids(atOnce(filterRows(rows, "dmz", [column], ({ id }) => (id === "b" ? "DMZ" : ""))))).toEqual(["b"]);
  });
});

describe("what findings say of a row", () => {
  it("is the worst of them and their number, of a part also at the whole; accepted ones do not count", () => {
    const finding = (id: string, severity: Finding["severity"], subjects: string[], accepted = false) => ({ id, severity, subjects, accepted }) as unknown as Finding;
    const badges = badgesOf([finding("1", "medium", ["a"]), finding("2", "critical", ["a/eth0", "b"]), finding("3", "critical", ["c"], true)]);
    expect([badges.get("a"), badges.get("a/eth0"), badges.get("c")]).toMatchObject([{ severity: "critical", count: 2, finding: "2" }, { severity: "critical", count: 1, finding: "2" }, undefined]);
    expect(badgeKey(badges.get("a")) > badgeKey({ severity: "medium", count: 9, finding: "" })).toBe(true);
  });
});
