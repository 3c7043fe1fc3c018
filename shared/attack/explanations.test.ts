import { expect, it } from "vitest";
import { evaluate } from "../analysis/evaluate";
import { access, draw, trunkPort } from "../network/testing";
import type { Answer } from "../network/verdicts";
import { TODAY } from "../rules/testing";
import { Explanations } from "./explanations";

it("names the finding of the sender's own tenant, also where its id is part of another's", () => {
  const drawing = draw().tenant("ab").tenant("b").physicalSwitch("tor").hypervisor("h", "esxi").vswitch("s", "standard", "h").uplink("u", "s", "h", "tor", trunkPort("10,20,40"));
  for (const [name, vlan] of [["pa", 10], ["pb", 20], ["pm", 40]] as const) drawing.portGroup(name, "s", access(vlan));
  drawing.put("managementInterfaces", "m", { hypervisor: "h", portGroup: "pm", services: ["management"], firewall: { enabled: false } });
  drawing.vm("x", "h", "pa", { tenant: "ab" }).vm("y", "h", "pb", { tenant: "b" });
  drawing.put("routers", "r", { interfaces: { a: { portGroup: "pa" }, b: { portGroup: "pb" }, m: { portGroup: "pm" } } });
  const evaluation = evaluate(drawing.build(), { today: TODAY });
  const { network } = evaluation;
  const explanations = new Explanations(evaluation);
  const findingOf = (sender: string): string | undefined => {
    const party = network.party(sender);
    let found: Answer | undefined;
    if (party !== undefined) network.eachAnswer(network.classOf(party), (to, answer) => (found = to.members.some(({ id }) => id === "m") ? answer : found));
    return found === undefined ? "no answer" : explanations.of(sender, "m", found).finding;
  };
  expect([findingOf("x"), findingOf("y")]).toEqual(["MGT-002:ab>m", "MGT-002:b>m"]);
});
