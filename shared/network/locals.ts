/** Numbers what is no part of a physical zone: VLANs that stay on one virtual instance, and overlay segments. */
export interface Local {
  readonly instance: number;
  /** VLAN index; -1 for an overlay. */
  readonly vlan: number;
  readonly vni?: number;
}

/** A local is a zone and a cell of its own. */
export class Locals {
  readonly all: Local[] = [];
  private readonly ids = new Map<string, number>();

  /** The number of a VLAN (by index) of an instance, if it has one. */
  find(instance: number, vlan: number): number | undefined {
    return this.ids.get(`${instance} ${vlan}`);
  }

  vlan(instance: number, vlan: number): number {
    return this.number(`${instance} ${vlan}`, { instance, vlan });
  }

  /** A VNI joins every member of its switch. */
  overlay(vswitch: string, instance: number, vni: number): number {
    return this.number(`${vswitch} vni ${vni}`, { instance, vlan: -1, vni });
  }

  private number(key: string, local: Local): number {
    let id = this.ids.get(key);
    if (id === undefined) this.ids.set(key, (id = this.all.push(local) - 1));
    return id;
  }
}
