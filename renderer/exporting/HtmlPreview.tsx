import { useEffect, useRef } from "react";

const STYLE = /<style>([^<]*)<\/style>/;

/** The report as a browser shows it, to be read only: nothing of it runs, loads or can be pressed. */
export function HtmlPreview({ html }: { readonly html: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    // Its style element would be refused by the policy of the window; this sheet is the same.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync((STYLE.exec(html)?.[1] ?? "").replace(":root{", ":host{").replace("body{", ".page{"));
    root.adoptedStyleSheets = [sheet];
    const parsed = new DOMParser().parseFromString(html.replace(STYLE, ""), "text/html");
    const page = document.createElement("div");
    page.className = "page";
    page.append(...parsed.body.childNodes);
    root.replaceChildren(page);
  }, [html]);
  return <div className="export-html" tabIndex={0} role="region" aria-label="The page"><div ref={host} inert /></div>;
}
