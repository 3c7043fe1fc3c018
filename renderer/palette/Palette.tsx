import { COLLECTIONS, type CollectionName } from "../../shared/model/topology";
import { KINDS, SECTIONS } from "../actions/kinds";
import { TEMPLATES } from "../actions/templates";
import { PaletteItem } from "./PaletteItem";
import { TenantList } from "./TenantList";
import "./palette.css";

/** What can be put on the canvas: drag it there, or click it (or press its key) and click where it goes. */
export function Palette() {
  return (
    <nav className="palette" aria-label="Palette">
      {SECTIONS.map((section) => (
        <section key={section} aria-labelledby={`palette-${section}`}>
          <h2 className="palette-heading" id={`palette-${section}`}>{section}</h2>
          <div className="palette-grid">
            {inSection(section).map((kind) => {
              const { title, icon, key, hint } = KINDS[kind];
              return <PaletteItem key={kind} tool={{ type: "kind", kind }} title={title} icon={icon} hint={hint} {...(key === undefined ? {} : { keys: key.toUpperCase() })} />;
            })}
          </div>
          {section === "Workloads" && <TenantList />}
        </section>
      ))}
      <section aria-labelledby="palette-templates">
        <h2 className="palette-heading" id="palette-templates">Templates</h2>
        <div className="palette-templates">
          {TEMPLATES.map(({ id, title, icon, hint }) => <PaletteItem key={id} tool={{ type: "template", template: id }} title={title} icon={icon} hint={hint} wide />)}
        </div>
      </section>
    </nav>
  );
}

/** In the order in which one draws; tenants have a list of their own. */
function inSection(section: (typeof SECTIONS)[number]): CollectionName[] {
  return DRAWING_ORDER.filter((kind) => KINDS[kind].section === section && kind !== "tenants");
}

const FIRST: readonly CollectionName[] = ["vms", "datastores", "hypervisors", "virtualSwitches", "portGroups", "managementInterfaces", "firewalls", "distributedFirewalls", "routers", "externalNetworks", "hosts", "physicalSwitches"];
const DRAWING_ORDER: readonly CollectionName[] = [...FIRST, ...COLLECTIONS.filter((kind) => !FIRST.includes(kind))];
