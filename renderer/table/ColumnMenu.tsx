import { DropdownMenu } from "radix-ui";
import { Check, Columns3 } from "lucide-react";
import { resetColumns, showColumn } from "../store/table";
import { byGroup } from "../fields/form";
import { Button } from "../ui/Button";
import type { Column } from "./columns";
import type { TableKind } from "./kinds";

interface ColumnMenuProps {
  readonly kind: TableKind;
  readonly columns: readonly Column[];
  readonly shown: ReadonlySet<string>;
  /** Keys of columns for which any row says something. */
  readonly used: ReadonlySet<string>;
}

/** Which columns are shown, in the groups of the inspector. It stays open while one chooses. */
export function ColumnMenu({ kind, columns, shown, used }: ColumnMenuProps) {
  const groups = [...byGroup(columns.slice(1).map(({ field, key }) => ({ ...field, key })))];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild><Button size="small" icon={<Columns3 aria-hidden />} aria-label={`Columns, ${shown.size} of ${columns.length} shown`}>Columns</Button></DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu table-columns" align="end" sideOffset={4} collisionPadding={8}>
          {groups.map(([group, fields]) => (
            <DropdownMenu.Group key={group} aria-label={group}>
              <DropdownMenu.Label className="table-columns-group">{group}</DropdownMenu.Label>
              {fields.map(({ key }) => {
                const column = columns.find((each) => each.key === key);
                return (
                  <DropdownMenu.CheckboxItem key={key} className="menu-item" checked={shown.has(key)} onCheckedChange={(checked) => showColumn(kind.id, key, checked)} onSelect={(event) => event.preventDefault()}>
                    <span className="menu-icon">{shown.has(key) && <Check />}</span>
                    <span className="menu-label truncate">{column?.title ?? key}</span>
                    {!used.has(key) && column?.key !== "id" && <span className="field-note">not set</span>}
                  </DropdownMenu.CheckboxItem>
                );
              })}
            </DropdownMenu.Group>
          ))}
          <DropdownMenu.Separator className="menu-separator" />
          <DropdownMenu.Item className="menu-item" onSelect={() => resetColumns(kind.id)}><span className="menu-icon" /><span className="menu-label">As they were</span></DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
