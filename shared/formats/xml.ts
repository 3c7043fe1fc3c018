import { DOMParser, ParseError, type Element, type Node } from "@xmldom/xmldom";

/** An element of an XML source. Names and attributes are without namespace prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, trimmed. */
  readonly text: string;
  /** 1-based line in the source. */
  readonly line: number;
}

export type XmlResult = { readonly ok: true; readonly roots: readonly XmlElement[] } | { readonly ok: false; readonly line?: number; readonly message: string };

const MAX_DEPTH = 200;

/**
 * Reads XML that may hold several documents one after the other, as `virsh dumpxml` of many domains does. Document types are
 * refused: no entity is ever expanded and nothing is fetched.
 */
export function parseXml(text: string): XmlResult {
  if (/<!DOCTYPE/i.test(text)) return { ok: false, message: "a document type declaration is not accepted" };
  // The wrapper stays on the first line and declarations become blanks, so that line numbers are those of the source.
  const body = text.replace(/^\uFEFF/, "").replace(/<\?xml[^>]*\?>/g, "");
  const problems: { message: string; line?: number }[] = [];
  try {
    const parser = new DOMParser({
      onError: (level, message, context: { locator?: { lineNumber?: number } } | undefined) => {
        const line = context?.locator?.lineNumber;
        if (level !== "warning") problems.push(line === undefined ? { message } : { message, line });
      },
    });
    const root = parser.parseFromString(`<sources>${body}</sources>`, "text/xml").documentElement;
    const problem = problems[0];
    if (problem !== undefined) return { ok: false, ...problem };
    return root === null ? { ok: false, message: "no XML element in it" } : { ok: true, roots: [...convert(root, 0).children] };
  } catch (error) {
    if (error instanceof DepthError) return { ok: false, message: `elements nested over ${MAX_DEPTH} levels` };
    if (!(error instanceof ParseError)) throw error;
    const line = (error as { locator?: { lineNumber?: number } }).locator?.lineNumber;
    return line === undefined ? { ok: false, message: error.message } : { ok: false, message: error.message, line };
  }
}

class DepthError extends Error {}

function convert(element: Element, depth: number): XmlElement {
  if (depth > MAX_DEPTH) throw new DepthError();
  const attributes = new Map<string, string>();
  for (let index = 0; index < element.attributes.length; index += 1) {
    const attribute = element.attributes.item(index);
    if (attribute !== null) attributes.set(attribute.localName ?? attribute.name, attribute.value);
  }
  const children: XmlElement[] = [];
  let text = "";
  for (let node: Node | null = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === 1) children.push(convert(node as Element, depth + 1));
    else if (node.nodeType === 3 || node.nodeType === 4) text += node.nodeValue ?? "";
  }
  return { name: element.localName ?? element.tagName, attributes, children, text: text.trim(), line: element.lineNumber ?? 1 };
}

/** The first child of that name. */
export function child(element: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>((parent, name) => parent?.children.find((candidate) => candidate.name === name), element);
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.get(name);
}
