/** What tells a PDF of ours, or pages of one, where all that an export carries is gone: the file was cut off, joined with others or saved by another program. */
import { PDFName, PDFString, type PDFDocument, type PDFPage } from "@cantoo/pdf-lib";
import type { AuditInput } from "./audit-input";

const PIECE = "Bulkhead", TOOL = "<xmp:CreatorTool>Bulkhead</xmp:CreatorTool>";
/** The packet stands at the beginning. */
const HEAD = 8192;

/** XMP (ISO 16684-1), as archives read it. In ASCII. */
export function packetOf({ date, analyzer }: AuditInput): string {
  return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">`
    + `${TOOL}<xmp:CreateDate>${date}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>${date}T00:00:00Z</xmp:ModifyDate><pdf:Producer>Bulkhead ${analyzer}</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`;
}

/** A page-piece dictionary (ISO 32000-1, 14.5), which programs that join files keep. */
export function markPage(pdf: PDFDocument, node: PDFPage["node"], date: Date): void {
  const modified = PDFString.fromDate(date);
  node.set(PDFName.of("LastModified"), modified);
  node.set(PDFName.of("PieceInfo"), pdf.context.obj({ [PIECE]: { LastModified: modified } }));
}

/** Whether a file, of which maybe only a part is left, begins as ours do. */
export function beginsAsOurs(file: Uint8Array): boolean {
  return new TextDecoder().decode(file.subarray(0, HEAD)).includes(TOOL);
}

/** Whether any of its pages was drawn by us. */
export function hasPageOfOurs(pdf: PDFDocument): boolean {
  return pdf.getPages().some(({ node }) => {
    const pieces = node.get(PDFName.of("PieceInfo")), found = pieces === undefined ? undefined : pdf.context.lookup(pieces);
    return found !== undefined && found.toString().includes(`/${PIECE} `);
  });
}
