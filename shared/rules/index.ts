/** Every rule of the catalogue, in its order. A new rule is a file and a line here. */
import type { IsolationRule } from "./rule";
import { net001 } from "./NET-001-shared-segment";
import { net002 } from "./NET-002-tenant-reach";
import { net003 } from "./NET-003-untagged-workload";
import { net004 } from "./NET-004-double-tagging";
import { net005 } from "./NET-005-guest-trunk";
import { net006 } from "./NET-006-private-vlan";
import { net007 } from "./NET-007-dual-homed";
import { net008 } from "./NET-008-unfiltered-segment";
import { mgt001 } from "./MGT-001-management-segment";
import { mgt002 } from "./MGT-002-management-reachable";
import { mgt003 } from "./MGT-003-management-dedicated";
import { mgt004 } from "./MGT-004-management-firewall";
import { mgt005 } from "./MGT-005-administrator-authentication";
import { sw001 } from "./SW-001-promiscuous-mode";
import { sw002 } from "./SW-002-mac-changes";
import { sw003 } from "./SW-003-forged-transmits";
import { vm001 } from "./VM-001-clipboard";
import { vm002 } from "./VM-002-shared-folders";
import { hv001 } from "./HV-001-hosted-hypervisor";
import { hv002 } from "./HV-002-patch-level";
import { res001 } from "./RES-001-memory-sharing";
import { fw001 } from "./FW-001-default-allow";
import { fw002 } from "./FW-002-broad-allow";
import { fw003 } from "./FW-003-shadowed-rule";
import { fw004 } from "./FW-004-redundant-rule";
import { fw007 } from "./FW-007-ineffective-rule";
import { int001 } from "./INT-001-isolation-intent";
import { int002 } from "./INT-002-required-flow";
import { mdl001 } from "./MDL-001-dangling-element";
import { mdl002 } from "./MDL-002-address-conflict";
import { mdl003 } from "./MDL-003-reserved-vlan";
import { mdl004 } from "./MDL-004-native-mismatch";
import { mdl005 } from "./MDL-005-assumed-value";

export const RULES: readonly IsolationRule[] = [
  net001, net002, net003, net004, net005, net006, net007, net008,
  mgt001, mgt002, mgt003, mgt004, mgt005,
  sw001, sw002, sw003,
  vm001, vm002,
  hv001, hv002,
  res001,
  fw001, fw002, fw003, fw004, fw007,
  int001, int002,
  mdl001, mdl002, mdl003, mdl004, mdl005,
];
