/**
 * What a step of an attack costs: how much an attacker must know or wait for. Only the order matters: what is open to everybody is
 * cheaper than what needs somebody to act, and that is cheaper than what needs a flaw.
 */
import type { Channel } from "../analysis/result";

export const COSTS: Readonly<Record<Channel, number>> = {
  // Packets that pass, and what follows from being in charge.
  network: 1, control: 1, management: 2,
  // Frames: they pass, but to make use of them takes work.
  mirror: 1, sniff: 2, spoof: 2, inject: 3, "vlan-hop": 3,
  // Somebody has to copy, open or mount something.
  clipboard: 2, "drag-and-drop": 2, "shared-folder": 2, storage: 3,
  // A side channel leaks slowly; a flaw has to be found.
  memory: 4, core: 5, tools: 4, device: 4, escape: 4,
};

/** A flow that the policy permits has to be misused: more than one that it does not even mention. */
export const PERMITTED = 2;

/** For each VM that has to run somewhere else first: that is waited for. */
export const MOVED = 2;
