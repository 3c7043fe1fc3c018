/** The services and client ports that a document tells apart: one of each kind is enough to try. */
import { parseService } from "../../model/services";
import type { Topology } from "../../model/topology";

const UDP = 65536;

/** ICMP, the first TCP and UDP port, and every port at which some rule or policy entry begins or ends to match; sorted. */
export function servicesOf(topology: Topology): number[] {
  const found = new Set([-1, 1, UDP + 1]);
  for (const texts of lists(topology)) {
    for (const text of texts) {
      for (const [at, edge] of (parseService(text) ?? []).entries()) found.add(at % 2 === 0 ? edge : edge + 1);
    }
  }
  return [...found].filter((service) => service === -1 || (service > 0 && service < UDP) || (service > UDP && service <= UDP + 65535)).sort((a, b) => a - b);
}


export function protocolOf(service: number): "icmp" | "tcp" | "udp" {
  return service === -1 ? "icmp" : service < UDP ? "tcp" : "udp";
}

/** The lists of services of rules, policy entries and management firewalls. */
function lists(value: unknown, field = ""): string[][] {
  if (Array.isArray(value)) return (field === "services" || field === "ports") && value.every((item) => typeof item === "string") ? [value] : value.flatMap((item) => lists(item));
  return typeof value === "object" && value !== null ? Object.entries(value).flatMap(([key, item]) => lists(item, key)) : [];
}
