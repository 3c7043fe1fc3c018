import { expect, it } from "vitest";
import { exportFile } from "../exports/export-file";
import { TABLES, type TableName } from "../exports/formats";
import { analysed, prepare } from "../exports/order";
import { sharedVlan } from "../diagram/testing";

const known = analysed({ topology: sharedVlan(), today: "2026-11-23", assume: "hostile", rules: [] });

async function lines(table: TableName): Promise<string[]> {
  const prepared = prepare(known, { source: "-", canonical: false, evidence: false, options: {}, table }, "csv");
  if (prepared === undefined) throw new Error("nothing is shown");
  return new TextDecoder().decode(await exportFile(prepared, "csv", () => { throw new Error("no picture is made"); })).split("\r\n");
}

it("each table is a CSV of its own, with its head and every row", async () => {
  const heads = Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, (await lines(table))[0]])));
  expect(heads).toMatchObject({ findings: expect.stringMatching(/^document,id,rule/) as string, tenants: "From,To,Verdict,Services,One way", matrix: "From,To,Verdict,Layer,Frames,Services,One way,Missing" });
  expect(await lines("tenants")).toContain("tenant-a,tenant-b,violating,any,");
  expect((await lines("inventory")).some((line) => line.includes("a-web"))).toBe(true);
  // A head, every rule of the catalogue, and what follows the last line end.
  expect((await lines("rules")).filter((line) => /^[A-Z]+-\d{3},/.test(line)).length).toBeGreaterThanOrEqual(61);
});
