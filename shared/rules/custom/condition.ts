/** Whether a condition holds for an element: yes, no, or unknown where it rests on fields that the document does not have. */
import { describe } from "../../model/field-defaults";
import type { Topology } from "../../model/topology";
import type { Element } from "./elements";
import { valuesAt, type Found } from "./fields";
import { joined, type Judgement } from "./judgement";
import type { Reachability } from "./reach";
import type { Condition } from "./schema";

export interface Question {
  readonly topology: Topology;
  readonly reach: Reachability;
  readonly element: Element;
}

export function judge(question: Question, condition: Condition): Judgement {
  const { all, any, not, field, reaches, reachedBy } = condition;
  if (all !== undefined) return joined(all.map((one) => judge(question, one)), "no", "yes");
  if (any !== undefined) return joined(any.map((one) => judge(question, one)), "yes", "no");
  if (not !== undefined) {
    const inner = judge(question, not);
    return { is: OPPOSITE[inner.is], because: inner.because, missing: inner.missing };
  }
  if (field !== undefined) return ofField(question, field, condition);
  if (reaches !== undefined) return question.reach.ask(question.element, "reaches", reaches, condition);
  return question.reach.ask(question.element, "reachedBy", reachedBy ?? [], condition);
}

const OPPOSITE = { yes: "no", no: "yes", unknown: "unknown" } as const;

/** Some value at the path passes the test. */
function ofField({ topology, element }: Question, field: string, condition: Condition): Judgement {
  const found = valuesAt(topology, element.collection, element.record, field);
  if (found.length === 0) return { is: "no", because: [`${element.id} has no ${field}`], missing: [] };
  return joined(found.map((one): Judgement => {
    const is = test(one, condition);
    return { is, because: [sentence(one, condition)], missing: is === "unknown" ? [one.field] : [] };
  }), "yes", "no");
}

function test({ value, written }: Found, { equals, in: among, exists, less, greater, startsWith, contains }: Condition): Judgement["is"] {
  if (exists !== undefined) return answer(written === exists);
  if (value === undefined) return "unknown";
  if (equals !== undefined) return comparable(value, equals, written) ? answer(value === equals) : "unknown";
  if (among !== undefined) return among.some((one) => comparable(value, one, written)) ? answer(among.some((one) => value === one)) : "unknown";
  if (less !== undefined || greater !== undefined) return typeof value !== "number" ? "unknown" : answer(less !== undefined ? value < less : value > (greater ?? 0));
  if (startsWith !== undefined) return typeof value !== "string" ? "unknown" : answer(value.startsWith(startsWith));
  return Array.isArray(value) ? answer(value.includes(contains)) : "unknown";
}

/** A default may be a word, such as none for a limit: it says nothing about a number. */
function comparable(value: unknown, other: unknown, written: boolean): boolean {
  return written || typeof value === typeof other;
}

function answer(holds: boolean): "yes" | "no" {
  return holds ? "yes" : "no";
}

function sentence({ value, written, field, basis }: Found, { exists }: Condition): string {
  if (exists !== undefined) return `${field} is ${written ? "" : "not "}written down`;
  if (value === undefined) return `${field} is unknown (${basis})`;
  const words = Array.isArray(value) ? (value.length === 0 ? "empty" : value.map(String).join(", ")) : describe(value);
  return written ? `${field} is ${words}` : `${field} is not set and ${words} is assumed (${basis})`;
}
