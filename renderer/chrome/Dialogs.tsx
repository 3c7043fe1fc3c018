import { ExportDialog } from "../exporting/ExportDialog";
import { PlanDialog } from "../plan/PlanDialog";
import { SegmentationDialog } from "../segmentation/SegmentationDialog";
import { useSession } from "../store/session";
import { TraceDialog } from "../trace/TraceDialog";
import { CommandPalette } from "./CommandPalette";
import { GalleryDialog } from "./GalleryDialog";
import { ImportingDialog } from "./ImportingDialog";
import { ImportReportDialog } from "./ImportReportDialog";
import { RecoveryDialog } from "./RecoveryDialog";
import { RefusedDialog } from "./RefusedDialog";
import { RuleDialog } from "./RuleDialog";
import { ShortcutsDialog } from "./ShortcutsDialog";

/** The one dialog that is open. Accepting a risk is asked by the findings panel, pasting cells by the table. */
export function Dialogs() {
  const dialog = useSession((state) => state.dialog);
  switch (dialog?.type) {
    case "command-palette": return <CommandPalette />;
    case "trace": return <TraceDialog />;
    case "fix-plan": return <PlanDialog />;
    case "segmentation": return <SegmentationDialog />;
    case "gallery": return <GalleryDialog />;
    case "shortcuts": return <ShortcutsDialog />;
    case "export": return <ExportDialog purpose="file" />;
    case "print": return <ExportDialog purpose="print" />;
    case "rule": return <RuleDialog key={dialog.rule} rule={dialog.rule} />;
    case "refused": return <RefusedDialog {...dialog} />;
    case "importing": return <ImportingDialog name={dialog.name} />;
    case "import-report": return <ImportReportDialog name={dialog.name} report={dialog.report} />;
    case "recovery": return <RecoveryDialog documents={dialog.documents} />;
    case "accept-risk":
    case "paste-cells":
    case undefined: return null;
  }
}
