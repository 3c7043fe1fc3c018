/** Interfaces of hypervisors that carry migration, storage, replication or fault tolerance. */
import type { ManagementInterface } from "../model/kinds/management-interface";

export type InfrastructureService = Exclude<NonNullable<ManagementInterface["services"]>[number], "management">;

export function infrastructureServices({ services = [] }: ManagementInterface): InfrastructureService[] {
  return services.filter((service) => service !== "management");
}
