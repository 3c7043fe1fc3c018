import fc from "fast-check";
import { expect, it } from "vitest";
import { compareIds } from "../model/topology";
import { OwnerIndex } from "./owner-index";
import { compareEnds, PlacedEnd } from "./placed-end";

const id = fc.stringMatching(/^[ab][ab.:-]{0,3}$/);
/** Owners with nics, management interfaces and BMCs, whose ids are often the start of one another. */
const placed = fc.uniqueArray(id, { maxLength: 20 }).chain((owners) => fc.tuple(...owners.map((owner) =>
  fc.oneof(
    fc.uniqueArray(id, { minLength: 1, maxLength: 4 }).map((locals) => locals.map((local) => new PlacedEnd("vms", owner, local, undefined))),
    fc.constant([new PlacedEnd("managementInterfaces", owner, undefined, undefined)]),
    fc.constant([new PlacedEnd("hosts", `${owner}/bmc`, undefined, undefined)]),
  ))).map((lists) => lists.flat()));

it("orders ends by id without writing the ids", () => {
  fc.assert(fc.property(placed, (ends) => {
    const ids = ends.map((end) => end.id).sort(compareIds);
    expect([...ends].sort(compareEnds).map((end) => end.id)).toEqual(ids);
  }));
});

it("finds every end by its id and by its owner, and no others", () => {
  fc.assert(fc.property(placed, id, (ends, stranger) => {
    const sorted = [...ends].sort(compareEnds);
    const index = new OwnerIndex(sorted);
    for (const end of sorted) {
      expect(index.end(end.id)).toBe(end);
      expect(index.endsOf(end.owner)).toEqual(sorted.filter(({ owner }) => owner === end.owner));
    }
    const known = sorted.some((end) => end.owner === stranger);
    expect(index.endsOf(stranger).length > 0).toBe(known);
    expect(index.end(`${stranger}/none`)).toBeUndefined();
  }));
});
