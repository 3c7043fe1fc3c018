import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type * as Evaluating from "../../shared/analysis/evaluate";
import type { Finding, Plan } from "../../shared/analysis/result";
import type { Rule } from "../../shared/model/kinds/forwarder";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { access, draw } from "../../shared/network/testing";
import { compareTopologies } from "../../shared/analysis/compare";
import { diffTopologies } from "../../shared/model/diff";
import type { RulesFile } from "../../shared/ipc";
import type { ComparisonAnswer, FromWorker, ToWorker } from "./protocol";

const { analysed } = vi.hoisted(() => ({ analysed: vi.fn() }));
vi.mock("../../shared/analysis/evaluate", async (actual) => {
  const module = await actual<typeof Evaluating>();
  return { ...module, evaluate: (...given: Parameters<typeof module.evaluate>) => { analysed(); return module.evaluate(...given); } };
});

/** A document whose firewall has a long list of rules, the last of them void. */
function document(rules: number): Topology {
  const ports: Rule[] = Array.from({ length: rules }, (_, index) => ({ id: `r${index}`, action: "allow", services: [`tcp/${2 * index + 1}`] }));
  return { format: FORMAT, name: "long", firewalls: { fw: { name: "fw", rules: [...ports, { id: "void", action: "deny", services: ["tcp/1"] }] } } };
}

let heard: FromWorker[];
let send: (message: ToWorker) => void;

beforeEach(async () => {
  heard = [];
  vi.resetModules();
  vi.stubGlobal("postMessage", (message: FromWorker) => heard.push(message));
  await import("./worker");
  send = (data) => (globalThis as unknown as { onmessage: (event: { data: ToWorker }) => void }).onmessage({ data });
});

afterEach(() => vi.unstubAllGlobals());

const open = (topology: Topology, revision: number): void => send({ type: "document", revision, generation: 1, bytes: new TextEncoder().encode(JSON.stringify(topology)), rules: { status: "none" } });
/** Each with the findings that came in parts before it. */
const analyses = () => {
  const parts: Finding[] = [];
  return heard.flatMap((message) => {
    if (message.type === "part") parts.push(...message.findings);
    return message.type === "analysis" ? [{ ...message, findings: parts.splice(0) }] : [];
  });
};
const rulesIn = (message: ReturnType<typeof analyses>[number] | undefined): string[] => message?.findings.map(({ rule }) => rule) ?? [];
const untilHeard = (count: number) => vi.waitFor(() => expect(analyses().length).toBeGreaterThanOrEqual(count), { timeout: 20_000, interval: 1 });

it("answers about a short list of rules once, with everything", async () => {
  open(document(3), 1);
  await untilHeard(1);
  expect(analyses()[0]?.result.pending).toEqual([]);
  expect(rulesIn(analyses()[0])).toContain("FW-003");
});

it("answers about a long list of rules first without its hygiene, then with it", async () => {
  open(document(2_500), 1);
  await untilHeard(2);
  const [first, second] = analyses();
  expect(first?.result.pending).toEqual(["FW-003", "FW-004", "FW-007"]);
  expect(rulesIn(first)).not.toContain("FW-003");
  expect(second).toMatchObject({ revision: 1, result: { pending: [] } });
  expect(rulesIn(second)).toContain("FW-003");
});

it("gives the hygiene up when the document changes, and begins again with what it is now", async () => {
  open(document(2_500), 1);
  await untilHeard(1);
  send({ type: "edits", revision: 2, edits: [{ op: "remove", path: "/firewalls/fw/rules/2500" }] });
  await untilHeard(3);
  expect(analyses().map(({ revision, result }) => [revision, result.pending.length])).toEqual([[1, 3], [2, 3], [2, 0]]);
  expect(rulesIn(analyses()[2])).not.toContain("FW-003");
});

it("goes on when only the picture changes", async () => {
  open(document(2_500), 1);
  await untilHeard(1);
  send({ type: "edits", revision: 1, edits: [{ op: "add", path: "/layout", value: { fw: { x: 1, y: 2 } } }] });
  await untilHeard(2);
  expect(analyses().map(({ result }) => result.pending.length)).toEqual([3, 0]);
});

it("judges by rules of one's own, again when their file changes, and a comparison by the same for both", async () => {
  const clipboard = (severity: string): RulesFile => ({ status: "read", name: "x.rules.json", bytes: new TextEncoder().encode(JSON.stringify({
    format: "bulkhead-rules/1", rules: [{ id: "X-CLIP", title: "Clipboard", severity, select: ["vm"], when: { field: "guest.clipboard", equals: true }, text: "No." }],
  })) });
  const own = (message: ReturnType<typeof analyses>[number] | undefined) => message?.findings.filter(({ rule }) => rule === "X-CLIP").map(({ id, severity }) => [id, severity]);
  open(shared, 1);
  await untilHeard(1);
  expect(own(analyses()[0])).toEqual([]);
  send({ type: "rules", revision: 2, rules: clipboard("low") });
  await untilHeard(2);
  expect(own(analyses()[1])).toEqual([["X-CLIP:a", "low"]]);
  expect(analyses()[1]?.result.rules).toMatchObject({ file: "x.rules.json", used: 1, total: 0 });
  send({ type: "ask", ask: 1, name: "baseline", arguments: { key: "k", edits: [{ op: "remove", path: "/vms/a/guest" }] } });
  send({ type: "ask", ask: 2, name: "compare", arguments: { key: "k" } });
  await vi.waitFor(() => expect(heard.some((message) => message.type === "answer" && message.ask === 2)).toBe(true), { timeout: 20_000 });
  const compared = heard.find((message) => message.type === "answer" && message.ask === 2) as { value: ComparisonAnswer } | undefined;
  expect(compared?.value.findings.listed.filter(({ finding }) => finding.rule === "X-CLIP").map(({ sign, finding }) => [sign, finding.id])).toEqual([["+", "X-CLIP:a"]]);
  send({ type: "ask", ask: 3, name: "rulePage", arguments: { rule: "X-CLIP" } });
  await vi.waitFor(() => expect(heard).toContainEqual({ type: "answer", ask: 3, value: expect.objectContaining({ id: "X-CLIP", threat: "No.", caveats: "A rule of this organisation's, from x.rules.json." }) as unknown }), { timeout: 20_000 });
});

/** Two tenants on one hypervisor and in one VLAN; one of them shares its clipboard. */
const shared = draw().tenant("ta").tenant("tb").hypervisor("h1").vswitch("s", "standard", "h1").portGroup("p", "s", access(10))
  .vm("a", "h1", "p", { tenant: "ta", guest: { clipboard: true } }).vm("b", "h1", "p", { tenant: "tb" }).build();

it("gives up what closes attack paths when the document changes or another question is asked, and says so", async () => {
  open(shared, 1);
  await untilHeard(1);
  const ask = (id: number, to: string): void => send({ type: "ask", ask: id, name: "attackCuts", arguments: { from: "tenant:ta", to, placement: "drawn" } });
  const settled = () => heard.filter((message) => message.type === "answer" || message.type === "refusal").map(({ type, ask: id }) => `${type} ${id}`);
  ask(1, "tenant:tb");
  ask(2, "hypervisor:h1");
  send({ type: "edits", revision: 2, edits: [{ op: "replace", path: "/vms/a/guest/clipboard", value: false }] });
  await vi.waitFor(() => expect(settled()).toEqual(["refusal 1", "refusal 2"]), { timeout: 20_000 });
  ask(3, "hypervisor:h1");
  await vi.waitFor(() => expect(settled()).toEqual(["refusal 1", "refusal 2", "answer 3"]), { timeout: 20_000 });
});

it("tells how far a plan has come, answers other questions meanwhile, and gives it up when it is told to or the document changes", async () => {
  open(shared, 1);
  await untilHeard(1);
  const ask = (id: number): void => send({ type: "ask", ask: id, name: "plan", arguments: { findings: undefined } });
  const heardOf = (id: number) => heard.filter((message) => "ask" in message && message.ask === id).map(({ type }) => type);
  ask(1);
  send({ type: "ask", ask: 2, name: "problems", arguments: {} });
  await vi.waitFor(() => expect(heardOf(1)).toContain("answer"), { timeout: 20_000 });
  expect(heardOf(1)[0]).toBe("progress");
  expect(heard.findIndex((message) => message.type === "answer" && message.ask === 2)).toBeLessThan(heard.findIndex((message) => message.type === "answer" && message.ask === 1));
  ask(3);
  send({ type: "giveUp", ask: 3 });
  ask(4);
  send({ type: "giveUp", ask: 3 });
  await vi.waitFor(() => expect(heardOf(4)).toContain("answer"), { timeout: 20_000 });
  expect(heardOf(3)).toEqual(["refusal"]);
  ask(5);
  send({ type: "edits", revision: 1, edits: [{ op: "add", path: "/layout", value: { a: { x: 1, y: 2 } } }] });
  await vi.waitFor(() => expect(heardOf(5)).toEqual(["refusal"]), { timeout: 20_000 });
});

it("tells what a plan is to close before anything is analysed anew, and what it finds, also where rules that take long are pending", async () => {
  let before: number | undefined;
  vi.stubGlobal("postMessage", (message: FromWorker) => {
    if (message.type === "progress") before ??= analysed.mock.calls.length;
    heard.push(message);
  });
  open(shared, 1);
  await untilHeard(1);
  analysed.mockClear();
  send({ type: "ask", ask: 1, name: "plan", arguments: { findings: undefined } });
  await vi.waitFor(() => expect(before).toBe(0), { timeout: 20_000 });

  open(document(2_500), 2);
  await untilHeard(2);
  expect(analyses()[1]?.result.pending).toContain("FW-003");
  send({ type: "ask", ask: 2, name: "plan", arguments: { findings: [] } });
  await untilHeard(3);
  const found = () => heard.flatMap((message) => (message.type === "answer" && message.ask === 2 ? [(message.value as Plan).before] : []));
  await vi.waitFor(() => expect(found()).toEqual([analyses()[2]?.result.summary]), { timeout: 20_000 });
});

it("compares with another version, also after edits, as if both were analysed anew; gives up where the document changes, and says where it knows no such version", async () => {
  open(shared, 1);
  await untilHeard(1);
  const ask = (id: number, name: "compare" | "baseline" | "baselineTrace", given: object): void => send({ type: "ask", ask: id, name, arguments: given } as unknown as ToWorker);
  const answers = () => new Map(heard.flatMap((message) => (message.type === "answer" ? [[message.ask, message.value] as const] : [])));
  ask(1, "compare", { key: "saved" });
  await vi.waitFor(() => expect(answers().has(1)).toBe(true), { timeout: 20_000 });
  expect(answers().get(1)).toBeUndefined();
  ask(2, "baseline", { key: "saved", edits: [] });
  ask(3, "compare", { key: "saved" });
  send({ type: "edits", revision: 2, edits: [{ op: "replace", path: "/portGroups/p/vlan", value: { mode: "access", id: 20 } }, { op: "remove", path: "/vms/a" }] });
  ask(4, "compare", { key: "saved" });
  await vi.waitFor(() => expect(answers().has(4)).toBe(true), { timeout: 20_000 });
  expect(heard).toContainEqual({ type: "refusal", ask: 3, message: "Something else was asked meanwhile" });
  const after = { ...shared, vms: { b: shared.vms?.["b"] }, portGroups: { p: { ...shared.portGroups?.["p"], vlan: { mode: "access", id: 20 } } } } as Topology;
  const anew = compareTopologies(shared, after);
  const found = answers().get(4) as ComparisonAnswer;
  expect(found.flows.counts).toEqual(anew.flows.counts);
  expect(found.flows.counts.outcomes.gone).toBeGreaterThan(0);
  expect(found.findings.listed.filter(({ sign }) => sign === "-").map(({ finding }) => finding.id)).toEqual(anew.findings.gone.map(({ id }) => id));
  expect(found.findings.counts.went).toBeGreaterThan(0);
  expect(found.marks).toEqual([["p", "~"]]);
  const [went] = found.flows.listed;
  ask(5, "baselineTrace", { key: "saved", from: went?.from, to: went?.to });
  await vi.waitFor(() => expect(answers().get(5)).toMatchObject({ reachable: true }), { timeout: 20_000 });

  send({ type: "edits", revision: 3, edits: diffTopologies(after, shared) });
  ask(6, "compare", { key: "saved" });
  await vi.waitFor(() => expect(answers().has(6)).toBe(true), { timeout: 20_000 });
  expect(answers().get(6)).toMatchObject({ flows: { listed: [] }, findings: { listed: [] }, records: { count: 0 }, marks: [] });
});

it("analyses anew when the day is another: a risk is accepted until the end of its last day", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "Date"], now: new Date("2027-06-30T23:58:00Z") });
  try {
    vi.resetModules();
    await import("./worker");
    const flat = draw().tenant("a").tenant("b").hypervisor("h").vswitch("s", "standard", "h").portGroup("pg", "s", access(10)).vm("a1", "h", "pg", { tenant: "a" }).vm("b1", "h", "pg", { tenant: "b" }).build();
    open(flat, 1);
    await untilHeard(1);
    const id = analyses()[0]?.findings.find(({ rule }) => rule === "NET-001")?.id ?? "none";
    open({ ...flat, policy: { accept: [{ finding: id, reason: "until the move", until: "2027-06-30" }] } }, 2);
    await untilHeard(2);
    const isAccepted = (at: number): boolean | undefined => analyses()[at]?.findings.find((one) => one.id === id)?.accepted;
    expect(isAccepted(1)).toBe(true);
    vi.advanceTimersByTime(5 * 60_000);
    await untilHeard(3);
    expect([analyses()[2]?.revision, isAccepted(2)]).toEqual([2, false]);
  } finally {
    vi.useRealTimers();
  }
});
