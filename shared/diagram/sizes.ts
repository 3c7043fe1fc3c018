/** Measures of the picture in pixels, all on an 8-px grid. */
export const GRID = 8;

/** VMs, management interfaces, routers and firewalls. */
export const CARD = { width: 144, height: 48 } as const;
/** Physical switches, external networks, appliances, datastores, distributed firewalls. */
export const DEVICE = { width: 168, height: 56 } as const;
export const PILL = { width: 144, height: 40 } as const;
export const CHIP = { width: 112, height: 24 } as const;
export const BAR_HEIGHT = 32;
/** A closed host, hypervisor or switch. */
export const CLOSED = { width: 208, height: 56 } as const;

/** Title line of a host or hypervisor. */
export const HEADER = 40;
export const PADDING = 16;
/** Between cards in a row; cables run down its middle. */
export const COLUMN_GAP = 16;
export const ROW_GAP = 24;
/** Between the workloads and the port groups: room for the vNICs' cables to cross. */
export const CABLE_GAP = 72;
/** Between port groups and the bar of their switch. */
export const STUB = 16;
/** Between switches side by side. */
export const SWITCH_GAP = 24;
export const LABEL_HEIGHT = 16;
/** Below hosts and lanes cables go straight down this far, so that their labels stand free. */
export const LABEL_LANE = 32;
export const LABEL_LIMIT = 216;

export const HOST_GAP = 48;
/** Between the levels of the physical world. */
export const LEVEL_GAP = 104;

export function snapUp(value: number): number {
  return Math.ceil(value / GRID) * GRID;
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
