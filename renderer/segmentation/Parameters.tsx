import type { ListedTemplate } from "../../shared/segmentation/templates/index";
import { Segmented } from "../ui/Segmented";
import { TextField } from "../ui/TextField";
import { capital } from "./proof-words";

/** What somebody gave, by parameter; the document suggests the rest. */
export type Given = Readonly<Record<string, readonly string[]>>;

interface ParametersProps {
  readonly parameters: ListedTemplate["parameters"];
  readonly given: Given;
  readonly onChange: (name: string, values: readonly string[]) => void;
}

/** A template's parameters as a form. Lists are written with commas, as on the command line. */
export function Parameters({ parameters, given, onChange }: ParametersProps) {
  return (
    <div className="segmentation-form">
      {parameters.map(({ name, kind, what, value = [] }) => {
        const values = given[name] ?? value;
        return (
          <div key={name} className={kind === "switch" ? "segmentation-parameter is-switch" : "segmentation-parameter"}>
            <span className="segmentation-name">{labelOf(name)}</span>
            {kind === "switch"
              ? <Segmented label={name} size="small" value={values[0] === "yes" ? "yes" : "no"} options={[{ value: "no", label: "No" }, { value: "yes", label: "Yes" }]} onChange={(next) => onChange(name, [next])} />
              : <TextField label={name} value={values.join(", ")} placeholder="none" onCommit={(text) => onChange(name, listOf(text))} />}
            <span className="muted">{capital(what)}</span>
          </div>
        );
      })}
    </div>
  );
}

/** `web-services` is "Web services" here. */
function labelOf(name: string): string {
  return capital(name).replace("Vlan", "VLAN").replace("Vms", "VMs").replace("Db", "Database").replace("App", "Application").replaceAll("-", " ");
}

function listOf(text: string): string[] {
  return text.split(",").map((value) => value.trim()).filter((value) => value !== "");
}
