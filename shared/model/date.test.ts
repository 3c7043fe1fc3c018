import { expect, it } from "vitest";
import { parseDate } from "./date";

it("reads days that exist", () => {
  expect(parseDate("2027-06-30")).toEqual({ year: 2027, month: 6, day: 30 });
  expect(parseDate("2028-02-29")).toBeDefined();
  expect(parseDate("2000-02-29")).toBeDefined();
});

it.each(["2027-02-29", "1900-02-29", "2027-06-31", "2027-13-01", "2027-00-10", "2027-06-00", "27-06-30", "2027-6-30", "2027-06-30T00:00Z", "tomorrow", ""])("refuses %j", (text) => {
  expect(parseDate(text)).toBeUndefined();
});
