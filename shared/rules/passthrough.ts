/** Devices of the host that a VM has for itself: passed-through adapters and other PCI devices. */
import type { Vm } from "../model/kinds/vm";

const PASSED = /pass-?through|sr-?iov|hostpci|hostdev|vfio|dda|vgpu-pci|pci-device/i;

/** Whether the name of a device is that of a passed-through one. */
export function isPassedDevice(device: string): boolean {
  return PASSED.test(device);
}

/** The VM's connected adapters that are passed through, by their local id. */
export function passedNics({ nics = {} }: Vm): string[] {
  return Object.entries(nics).filter(([, { passthrough = "none", connected }]) => passthrough !== "none" && connected !== false).map(([nic]) => nic);
}

export function passesThrough(vm: Vm): boolean {
  return (vm.nics !== undefined && passedNics(vm).length > 0) || (vm.devices ?? []).some(isPassedDevice);
}
