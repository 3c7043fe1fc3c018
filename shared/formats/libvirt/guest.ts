import type { Vm } from "../../model/kinds/vm";
import type { Tally } from "../tally";
import { attribute, child, childrenOf, type XmlElement } from "../xml";

type Guest = NonNullable<Vm["guest"]>;

/** Devices that are not more than what every guest has. */
const IGNORED_DEVICES = new Set(["emulator", "controller", "memballoon", "input", "video", "rng", "watchdog", "panic", "hub", "iommu", "tpm", "nvram", "lease", "audio", "console", "pstore", "crypto", "memory", "smartcard"]);

/** The guest's channels to the host, its emulated devices, its disks and what protects its memory and boot. */
export function guestFeatures(domain: XmlElement, file: string, tally: Tally): Partial<Vm> {
  const devices = child(domain, "devices");
  const guest = { ...channels(devices, tally), ...folders(devices, file, tally) };
  const emulated = emulatedDevices(devices, file, tally);
  const disks = childrenOf(devices, "disk").filter((disk) => (attribute(disk, "device") ?? "disk") === "disk").map((disk) => {
    const encrypted = child(disk, "encryption") !== undefined || child(disk, "source", "encryption") !== undefined;
    tally.mapped("domain/devices/disk");
    return encrypted ? { encrypted: true } : {};
  });
  const noSharing = child(domain, "memoryBacking", "nosharepages") !== undefined;
  if (noSharing) tally.mapped("domain/memoryBacking/nosharepages");
  const pinned = attribute(child(domain, "vcpu"), "cpuset");
  if (pinned !== undefined) tally.mapped("domain/vcpu@cpuset");
  const secureBoot = attribute(child(domain, "os", "loader"), "secure");
  if (secureBoot !== undefined) tally.mapped("domain/os/loader@secure");
  return {
    guest,
    ...(emulated.length > 0 ? { devices: emulated } : {}),
    ...(noSharing || pinned !== undefined ? { resources: { ...(noSharing ? { memorySharing: "off" as const } : {}), ...(pinned === undefined ? {} : { cpuAffinity: pinned }) } } : {}),
    ...(disks.length > 0 ? { disks } : {}),
    ...(secureBoot === undefined ? {} : { secureBoot: secureBoot === "yes" }),
  };
}

/** SPICE carries clipboard and files unless told not to; other consoles do only through the guest agent's own channel. */
function channels(devices: XmlElement | undefined, tally: Tally): Guest {
  const spice = childrenOf(devices, "graphics").filter((graphics) => attribute(graphics, "type") === "spice");
  for (const graphics of childrenOf(devices, "graphics")) tally.mapped(`domain/devices/graphics ${attribute(graphics, "type") ?? ""}`.trim());
  const agents = childrenOf(devices, "channel").filter((channel) => attribute(channel, "type") === "qemu-vdagent");
  for (const _channel of childrenOf(devices, "channel")) tally.mapped("domain/devices/channel");
  const clipboard = spice.some((graphics) => attribute(child(graphics, "clipboard"), "copypaste") !== "no")
    || agents.some((channel) => attribute(child(channel, "source", "clipboard"), "copypaste") === "yes");
  return { clipboard, dragAndDrop: spice.some((graphics) => attribute(child(graphics, "filetransfer"), "enable") !== "no") };
}

function folders(devices: XmlElement | undefined, file: string, tally: Tally): Guest {
  const sharedFolders = childrenOf(devices, "filesystem").flatMap((filesystem) => {
    const source = child(filesystem, "source");
    const hostPath = attribute(source, "dir") ?? attribute(source, "file") ?? attribute(source, "socket") ?? attribute(source, "name");
    if (hostPath === undefined) {
      tally.notUnderstood(file, filesystem.line, `domain/devices/filesystem type ${attribute(filesystem, "type") ?? "absent"}`);
      return [];
    }
    tally.mapped("domain/devices/filesystem");
    return [{ hostPath, writable: child(filesystem, "readonly") === undefined }];
  });
  return { sharedFolders };
}

/** Emulated devices that widen the way to the host, by the names that rules use. */
function emulatedDevices(devices: XmlElement | undefined, file: string, tally: Tally): string[] {
  const names = new Set<string>();
  for (const device of devices?.children ?? []) {
    const name = deviceName(device);
    if (name !== undefined) {
      names.add(name);
      tally.mapped(`domain/devices/${device.name}`);
    } else if (IGNORED_DEVICES.has(device.name)) {
      tally.ignored(`domain/devices/${device.name}`);
    } else if (!["interface", "disk", "filesystem", "graphics", "channel"].includes(device.name)) {
      tally.notUnderstood(file, device.line, `domain/devices/${device.name}`);
    }
  }
  return [...names].sort();
}

function deviceName(device: XmlElement): string | undefined {
  switch (device.name) {
    case "disk": return attribute(device, "device") === "floppy" ? "floppy" : attribute(device, "device") === "cdrom" ? "cdrom" : undefined;
    case "serial": case "parallel": case "sound": case "shmem": case "vsock": case "hostdev": case "mdev": return device.name;
    case "redirdev": case "redirfilter": return "usb";
    default: return undefined;
  }
}
