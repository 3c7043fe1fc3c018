import { ICONS, type IconName } from "../../shared/diagram/icons";
import "./kind-icon.css";

/** An icon of the diagram's own family, in the colour of the text around it. */
export function KindIcon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return <svg className="kind-icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden><path d={ICONS[name]} /></svg>;
}
