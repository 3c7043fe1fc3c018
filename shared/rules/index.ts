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
import { net009 } from "./NET-009-clear-traffic";
import { net010 } from "./NET-010-spoofing-guard";
import { mgt001 } from "./MGT-001-management-segment";
import { mgt002 } from "./MGT-002-management-reachable";
import { mgt003 } from "./MGT-003-management-dedicated";
import { mgt004 } from "./MGT-004-management-firewall";
import { mgt005 } from "./MGT-005-administrator-authentication";
import { mgt006 } from "./MGT-006-remote-logging";
import { mgt007 } from "./MGT-007-infrastructure-network";
import { mgt008 } from "./MGT-008-direct-access";
import { mgt009 } from "./MGT-009-bmc-network";
import { sw001 } from "./SW-001-promiscuous-mode";
import { sw002 } from "./SW-002-mac-changes";
import { sw003 } from "./SW-003-forged-transmits";
import { sw004 } from "./SW-004-port-mirroring";
import { sw005 } from "./SW-005-shared-switch";
import { vm001 } from "./VM-001-clipboard";
import { vm002 } from "./VM-002-shared-folders";
import { vm003 } from "./VM-003-guest-tools";
import { vm004 } from "./VM-004-emulated-devices";
import { vm005 } from "./VM-005-passthrough";
import { vm006 } from "./VM-006-storage-encryption";
import { vm007 } from "./VM-007-image-integrity";
import { hv001 } from "./HV-001-hosted-hypervisor";
import { hv002 } from "./HV-002-patch-level";
import { hv003 } from "./HV-003-hardware-isolation";
import { hv004 } from "./HV-004-host-services";
import { hv005 } from "./HV-005-software-integrity";
import { hv006 } from "./HV-006-escape-chain";
import { hv007 } from "./HV-007-escape-monitoring";
import { res001 } from "./RES-001-memory-sharing";
import { res002 } from "./RES-002-cpu-side-channel";
import { res003 } from "./RES-003-resource-limits";
import { res004 } from "./RES-004-uplink-bandwidth";
import { res005 } from "./RES-005-disk-remanence";
import { res006 } from "./RES-006-placement";
import { fw001 } from "./FW-001-default-allow";
import { fw002 } from "./FW-002-broad-allow";
import { fw003 } from "./FW-003-shadowed-rule";
import { fw004 } from "./FW-004-redundant-rule";
import { fw005 } from "./FW-005-unenforced-vnic";
import { fw006 } from "./FW-006-bypass";
import { fw007 } from "./FW-007-ineffective-rule";
import { fw008 } from "./FW-008-unlogged-boundary";
import { int001 } from "./INT-001-isolation-intent";
import { int002 } from "./INT-002-required-flow";
import { int003 } from "./INT-003-single-control";
import { mdl001 } from "./MDL-001-dangling-element";
import { mdl002 } from "./MDL-002-address-conflict";
import { mdl003 } from "./MDL-003-reserved-vlan";
import { mdl004 } from "./MDL-004-trunk-mismatch";
import { mdl005 } from "./MDL-005-assumed-value";
import { mdl006 } from "./MDL-006-platform-mismatch";

export const RULES: readonly IsolationRule[] = [
  net001, net002, net003, net004, net005, net006, net007, net008, net009, net010,
  mgt001, mgt002, mgt003, mgt004, mgt005, mgt006, mgt007, mgt008, mgt009,
  sw001, sw002, sw003, sw004, sw005,
  vm001, vm002, vm003, vm004, vm005, vm006, vm007,
  hv001, hv002, hv003, hv004, hv005, hv006, hv007,
  res001, res002, res003, res004, res005, res006,
  fw001, fw002, fw003, fw004, fw005, fw006, fw007, fw008,
  int001, int002, int003,
  mdl001, mdl002, mdl003, mdl004, mdl005, mdl006,
];
