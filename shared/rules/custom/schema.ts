/** The file of an organisation's own rules, `bulkhead-rules/1`: one schema for its types, its check and its JSON Schema. */
import { SEVERITIES } from "../../analysis/result";
import { serviceSchema } from "../../model/primitives";
import { parseSelector, SELECTOR_FORMS } from "../../model/selector";
import { z } from "../../model/zod";
import { isKind, KINDS } from "./elements";

export const RULES_FORMAT = "bulkhead-rules/1";

/** `X-` keeps them apart from the catalogue's. */
const RULE_ID = /^X-[A-Z0-9]+(-[A-Z0-9]+)*$/;

const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);
const selectorSchema = z.string().refine((text) => parseSelector(text) !== undefined, { error: SELECTOR_FORMS, params: { wrong: "not a selector" } });
const selectSchema = z.string().refine((text) => isKind(text) || parseSelector(text) !== undefined, {
  error: `a kind (${KINDS.join(", ")}) or a selector (${SELECTOR_FORMS})`, params: { wrong: "neither a kind nor a selector" },
});

/** What a test of a field says of its value. */
export const TESTS = ["equals", "in", "exists", "less", "greater", "startsWith", "contains"] as const;
/** Of which a condition is one. */
const OPERATORS = ["all", "any", "not", "field", "reaches", "reachedBy"] as const;

export interface Condition {
  readonly all?: readonly Condition[] | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly not?: Condition | undefined;
  readonly field?: string | undefined;
  readonly equals?: string | number | boolean | undefined;
  readonly in?: readonly (string | number | boolean)[] | undefined;
  readonly exists?: boolean | undefined;
  readonly less?: number | undefined;
  readonly greater?: number | undefined;
  readonly startsWith?: string | undefined;
  readonly contains?: string | number | undefined;
  readonly reaches?: readonly string[] | undefined;
  readonly reachedBy?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly verdicts?: readonly ("permitted" | "violating" | "unknown")[] | undefined;
}

const say = (description: string): { description: string } => ({ description });

const conditionSchema: z.ZodType<Condition> = z.strictObject({
  get all() { return z.array(conditionSchema).min(1, "at least one condition").optional().meta(say("Every one holds.")); },
  get any() { return z.array(conditionSchema).min(1, "at least one condition").optional().meta(say("One of them holds.")); },
  get not() { return conditionSchema.optional().meta(say("It does not hold.")); },
  field: z.string().min(1, "a field such as guest.tools").optional().meta(say("A field of the element, such as guest.tools; nics.*.passthrough for any vNIC; hypervisor.platform follows a reference. What a platform or the format means by an absent field counts; where nothing does, the answer is unknown.")),
  equals: scalarSchema.optional().meta(say("The value is this.")),
  in: z.array(scalarSchema).min(1, "at least one value").optional().meta(say("The value is one of these.")),
  exists: z.boolean().optional().meta(say("Whether the document writes the field down.")),
  less: z.number().optional().meta(say("The value is a smaller number.")),
  greater: z.number().optional().meta(say("The value is a greater number.")),
  startsWith: z.string().min(1, "a beginning").optional().meta(say("The text begins so.")),
  contains: z.union([z.string(), z.number()]).optional().meta(say("The list holds this.")),
  reaches: z.array(selectorSchema).min(1, "at least one selector").optional().meta(say("The element reaches one of these, answered or not.")),
  reachedBy: z.array(selectorSchema).min(1, "at least one selector").optional().meta(say("One of these reaches the element, answered or not.")),
  services: z.array(serviceSchema).min(1, "at least one service").optional().meta(say("With reaches and reachedBy: on one of these; absent: on any.")),
  verdicts: z.array(z.enum(["permitted", "violating", "unknown"])).min(1, "at least one verdict").optional().meta(say("With reaches and reachedBy: only pairs of such a verdict; absent: any.")),
}).superRefine((condition, context) => {
  const wrong = faultOf(condition);
  if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong.expected, params: { wrong: wrong.message } });
}).meta({ id: "Condition" });

function faultOf(condition: Condition): { readonly message: string; readonly expected: string } | undefined {
  const has = (names: readonly string[]): string[] => names.filter((name) => condition[name as keyof Condition] !== undefined);
  const operators = has(OPERATORS), tests = has(TESTS), narrowing = has(["services", "verdicts"]);
  if (operators.length !== 1) return { message: operators.length === 0 ? "not a condition" : "several conditions in one", expected: `exactly one of ${OPERATORS.join(", ")}; all and any join several` };
  const [operator] = operators;
  if (operator === "field" && tests.length !== 1) return { message: tests.length === 0 ? "a field without a test" : "several tests of one field", expected: `field and exactly one of ${TESTS.join(", ")}` };
  if (operator !== "field" && tests.length > 0) return { message: `${tests[0] ?? ""} without a field`, expected: "a test stands beside field" };
  return narrowing.length > 0 && operator !== "reaches" && operator !== "reachedBy" ? { message: `${narrowing[0] ?? ""} without reach`, expected: "services and verdicts stand beside reaches or reachedBy" } : undefined;
}

const ruleSchema = z.strictObject({
  id: z.string().regex(RULE_ID, "an id such as X-TOOLS-1: X-, then capital letters, digits and hyphens"),
  title: z.string().min(1, "a title").meta(say("What is wrong, in a few words.")),
  severity: z.enum(SEVERITIES),
  ifUnknown: z.enum(SEVERITIES).optional().meta(say("How severe it is not to know: of the finding that names absent fields. Absent: info.")),
  select: z.array(selectSchema).min(1, "at least one kind or selector").meta(say("What the rule is about: kinds of elements, and selectors as in the document.")),
  when: conditionSchema.meta(say("What must hold for the rule to fire.")),
  text: z.string().min(1, "why it matters").meta(say("Why it matters.")),
  fix: z.string().optional().meta(say("How to mend it, in words.")),
  references: z.array(z.string()).optional().meta(say("Standards, policies, tickets.")),
});
/** One rule as it is written. */
export type CustomRule = z.infer<typeof ruleSchema>;

export const rulesFileSchema = z.strictObject({
  format: z.literal(RULES_FORMAT),
  description: z.string().optional(),
  rules: z.array(ruleSchema),
});

/** Keys of the file, of a rule and of a condition, for "did you mean". */
export const RULES_FILE_KEYS = Object.keys(rulesFileSchema.shape), RULE_KEYS = Object.keys(ruleSchema.shape), CONDITION_KEYS: readonly string[] = [...OPERATORS, ...TESTS, "services", "verdicts"];

/** The file's JSON Schema (draft 2020-12). */
export function rulesJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(rulesFileSchema, { target: "draft-2020-12", io: "input" });
  return { $schema, title: "Bulkhead rules", description: "An organisation's own rules, as *.rules.json.", ...schema };
}
