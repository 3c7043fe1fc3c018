import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import { draw } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mgt006 } from "./MGT-006-remote-logging";

const logging = (platform: Platform, remoteLogging?: boolean) =>
  draw().hypervisor("hv", platform).put("hypervisors", "hv", { host: "hv-host", platform, management: remoteLogging === undefined ? {} : { remoteLogging } }).build();

describe("MGT-006", () => {
  it.each(PLATFORMS)("on %s fires where logs stay on the hypervisor, and only there", (platform) => {
    expect(severities(mgt006, logging(platform, false))).toEqual({ hv: "medium" });
    expect(run(mgt006, logging(platform, true))).toEqual([]);
    expect(run(mgt006, logging(platform))).toEqual([]);
  });

  it("names the field and closes with it", () => {
    expect(run(mgt006, logging("esxi", false))[0]?.detail).toContain("$.hypervisors.hv.management.remoteLogging is off");
    expect(closingFixes(mgt006, logging("esxi", false))).toEqual({ hv: ["Send the logs of hv to a collector"] });
  });
});
