/**
 * One family of icons: 24 × 24, drawn with strokes of 1.5 px at 16 px size, round caps and joins, nothing filled.
 * Path data uses absolute and relative commands of SVG; arcs as curves.
 */
export type IconName = keyof typeof ICONS;

const circle = (cx: number, cy: number, r: number): string => {
  const k = Math.round(r * 0.5523 * 1000) / 1000;
  return `M${cx} ${cy - r}c${k} 0 ${r} ${round(r - k)} ${r} ${r}s${round(-(r - k))} ${r} ${-r} ${r}s${-r} ${round(-(r - k))} ${-r} ${-r}s${round(r - k)} ${-r} ${r} ${-r}z`;
};

const box = (x: number, y: number, width: number, height: number, r: number): string => {
  const k = round(r * 0.5523), j = round(r - k), w = width - 2 * r, h = height - 2 * r;
  return `M${x + r} ${y}h${w}c${k} 0 ${r} ${j} ${r} ${r}v${h}c0 ${k} ${-j} ${r} ${-r} ${r}h${-w}c${-k} 0 ${-r} ${-j} ${-r} ${-r}v${-h}c0 ${-k} ${j} ${-r} ${r} ${-r}z`;
};

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const SHIELD = "M12 3l8 3v5.5c0 4.6-3.2 7.9-8 9.5-4.8-1.6-8-4.9-8-9.5V6z";
const GLOBE = `${circle(12, 12, 9)}M3 12h18M12 3c2.6 2.6 3.9 5.6 3.9 9s-1.3 6.4-3.9 9c-2.6-2.6-3.9-5.6-3.9-9s1.3-6.4 3.9-9z`;
const MONITOR = `${box(3, 4, 18, 12.5, 2)}M9 20.5h6M12 16.5v4`;
const LAYERS = "M12 3.5l9 4.5-9 4.5-9-4.5zM3.5 12.5L12 16.75l8.5-4.25M3.5 16.75L12 21l8.5-4.25";

export const ICONS = {
  // Kinds of things
  host: `${box(3, 4, 18, 7, 2)}${box(3, 13, 18, 7, 2)}M7 7.5h.01M7 16.5h.01M11 7.5h6M11 16.5h6`,
  hypervisor: LAYERS,
  vm: MONITOR,
  managementInterface: `${circle(8, 15.5, 4.5)}M11.3 12.2L20 3.5M16 7.5l3 3M13.6 9.9l2 2`,
  portGroup: `${circle(6, 12, 3)}${circle(18, 5.5, 2.75)}${circle(18, 18.5, 2.75)}M8.7 10.6l6.8-3.7M8.7 13.4l6.8 3.7`,
  virtualSwitch: `${box(2.5, 7, 19, 10, 2)}M6.5 12h.01M10.2 12h.01M13.8 12h.01M17.5 12h.01`,
  distributedSwitch: `${box(2.5, 3.5, 19, 7, 2)}M6.5 7h.01M10.2 7h.01M13.8 7h.01M6 10.5v6M18 10.5v6M12 10.5v6${box(3.5, 16.5, 5, 4, 1)}${box(9.5, 16.5, 5, 4, 1)}${box(15.5, 16.5, 5, 4, 1)}`,
  physicalSwitch: "M8 7L3 12l5 5M16 7l5 5-5 5M3.5 12h17",
  router: `${circle(12, 12, 9)}M12 6v4M10 8l2-2 2 2M12 18v-4M10 16l2 2 2-2M6 12h3.5M8 10.5L9.5 12 8 13.5M18 12h-3.5M16 10.5L14.5 12l1.5 1.5`,
  firewall: `${box(3, 4, 18, 16, 2)}M3 9.33h18M3 14.67h18M9 4v5.33M15 4v5.33M6.5 9.33v5.34M12 9.33v5.34M17.5 9.33v5.34M9 14.67V20M15 14.67V20`,
  distributedFirewall: SHIELD,
  externalNetwork: GLOBE,
  datastore: "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
  bmc: `${box(5, 5, 14, 14, 2)}${box(9.5, 9.5, 5, 5, 1)}M9 5V2.5M15 5V2.5M9 21.5V19M15 21.5V19M5 9H2.5M5 15H2.5M21.5 9H19M21.5 15H19`,
  tenant: `${circle(12, 8, 4)}M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6`,
  uplink: "M12 20.5v-16M6.5 10L12 4.5 17.5 10M5 20.5h14",
  trunk: "M3 8.5h18M3 15.5h18M7 4.5l-4 4 4 4M17 11.5l4 4-4 4",
  nic: `${box(4, 4, 16, 12, 2)}M8 16v4.5M12 16v4.5M16 16v4.5M8 8h8`,
  corporateNetwork: `${box(5, 3, 14, 18, 1.5)}M9 7.5h.01M15 7.5h.01M12 7.5h.01M9 11.5h.01M12 11.5h.01M15 11.5h.01M10 21v-5h4v5`,
  adminNetwork: `${circle(12, 8, 4)}M4.5 20.5c.8-4 3.7-6 7.5-6M16.5 15l3.5 1.3v1.9c0 1.6-1.3 2.6-3.5 3.3-2.2-.7-3.5-1.7-3.5-3.3v-1.9z`,
  // Roles of VMs
  template: `M8 4H5.5C4.1 4 3 5.1 3 6.5V8M3 12v2M8 20H5.5C4.1 20 3 18.9 3 17.5V17M12 4h2M18 4h.5C19.9 4 21 5.1 21 6.5V8M21 12v2M21 17v.5c0 1.4-1.1 2.5-2.5 2.5H16M11 20h2M9 12h6M12 9v6`,
  jumpHost: `${MONITOR}M8 10.5l2-2 2 2M10 8.5v3.5M14 12h2.5`,
  infrastructure: `${circle(12, 12, 3.2)}M12 2.8v3M12 18.2v3M2.8 12h3M18.2 12h3M5.5 5.5l2.1 2.1M16.4 16.4l2.1 2.1M18.5 5.5l-2.1 2.1M7.6 16.4l-2.1 2.1`,
  // Platforms
  esxi: `${LAYERS}`,
  "hyper-v": `${box(3.5, 3.5, 7.5, 7.5, 1)}${box(13, 3.5, 7.5, 7.5, 1)}${box(3.5, 13, 7.5, 7.5, 1)}${box(13, 13, 7.5, 7.5, 1)}`,
  kvm: `M12 3.2l7.8 4.4v8.8L12 20.8l-7.8-4.4V7.6zM4.4 7.8L12 12l7.6-4.2M12 12v8.6`,
  proxmox: "M4 5l7 7-7 7M20 5l-7 7 7 7",
  xen: `${circle(12, 12, 9)}M8 8l8 8M16 8l-8 8`,
  virtualbox: `${box(3.5, 3.5, 17, 17, 2)}M8 8.5l4 7.5 4-7.5`,
  "vmware-workstation": `${box(3, 5, 12.5, 10, 1.5)}${box(8.5, 9.5, 12.5, 10, 1.5)}`,
  parallels: "M9 4v16M15 4v16",
  // Verdicts and the rest
  lock: `${box(5, 10.5, 14, 10, 2)}M8 10.5V7.5c0-2.2 1.8-4 4-4s4 1.8 4 4v3`,
  violation: "M12 3.5l9.5 16.5h-19zM12 10v4.5M12 17.2h.01",
} as const satisfies Record<string, string>;
