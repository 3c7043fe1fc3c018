/** Whether the fields that a condition names are there, and its tests fit them: a misspelt value would never fire. */
import type { PathSegment } from "../../model/path";
import { jsonPath } from "../../model/path";
import { problem, type Problem } from "../../model/problem";
import type { Shape } from "../../model/shape";
import type { CollectionName } from "../../model/topology";
import { PARTY_COLLECTIONS } from "./elements";
import { shapeOfField } from "./fields";
import { TESTS, type Condition } from "./schema";

/** The condition and all below it, with their places. */
export function* eachCondition(condition: Condition, path: readonly PathSegment[]): Generator<readonly [Condition, readonly PathSegment[]]> {
  yield [condition, path];
  for (const name of ["all", "any"] as const) for (const [index, inner] of (condition[name] ?? []).entries()) yield* eachCondition(inner, [...path, name, index]);
  if (condition.not !== undefined) yield* eachCondition(condition.not, [...path, "not"]);
}

/** Whether elements of the collection have everything that the condition asks for. */
export function isCollectionFitting(collection: CollectionName, when: Condition): boolean {
  return [...eachCondition(when, [])].every(([{ field, reaches, reachedBy }]) =>
    (field === undefined || isShape(shapeOfField(collection, field))) && ((reaches ?? reachedBy) === undefined || PARTY_COLLECTIONS.includes(collection)));
}

function isShape(found: ReturnType<typeof shapeOfField>): found is Shape {
  return "kind" in found;
}

/** Judged by the first kind of element that has the field. */
export function fieldProblems(condition: Condition, collections: readonly CollectionName[], path: readonly PathSegment[]): Problem[] {
  const { field } = condition;
  if (field === undefined) return [];
  const found = collections.map((collection) => shapeOfField(collection, field));
  const shape = found.find(isShape);
  if (shape !== undefined) return testProblems(condition, shape, path);
  const [first] = found;
  return first === undefined || isShape(first) ? [] : [problem(jsonPath(...path, "field"), first.message, first.expected, field)];
}

function testProblems(condition: Condition, shape: Shape, path: readonly PathSegment[]): Problem[] {
  const name = TESTS.find((one) => condition[one] !== undefined);
  if (name === undefined || name === "exists") return [];
  const place = jsonPath(...path, name);
  if (shape.kind === "object" || shape.kind === "record") return [problem(place, "a test of something that has fields of its own", "exists, or the path of one of its fields")];
  if (name === "contains" || shape.kind === "array") {
    if (shape.kind !== "array") return [problem(place, "contains of what is no list", "equals, in or startsWith")];
    return name === "contains" ? valueProblems([condition.contains], shape.element, place) : [problem(place, "a test of a list", "contains, or exists")];
  }
  if (name === "less" || name === "greater") return shape.type === "number" ? [] : [problem(place, "a comparison of what is no number", "equals or in")];
  if (name === "startsWith") return shape.type === "string" ? [] : [problem(place, "the beginning of what is no text", "equals or in")];
  return valueProblems(name === "equals" ? [condition.equals] : (condition.in ?? []), shape, place);
}

function valueProblems(values: readonly unknown[], shape: Shape, place: string): Problem[] {
  if (shape.kind !== "value") return [];
  return values.flatMap((value) => {
    if (shape.values !== undefined && !shape.values.includes(value)) return [problem(place, "a value that the field never has", `one of ${shape.values.join(", ")}`, value)];
    return shape.type !== undefined && typeof value !== shape.type ? [problem(place, "a value of another type", TYPE_NAMES[shape.type], value)] : [];
  });
}

const TYPE_NAMES = { string: "a text", number: "a number", boolean: "true or false" } as const;
