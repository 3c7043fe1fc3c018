import { useEffect, useState } from "react";
import regularFont from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url";
import semiboldFont from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url";
import type { DrawnPage } from "./protocol";

interface PageImageProps {
  readonly page: DrawnPage;
  /** "" where it is told beside it. */
  readonly alt: string;
  /** Too small to be read: the letters' shapes do not matter. */
  readonly small?: boolean;
  readonly className?: string;
}

/** A page as an image: a document of its own, in which nothing runs and which nothing outside can style. */
export function PageImage({ page, alt, small = false, className = "" }: PageImageProps) {
  const url = usePageUrl(page.svg, small);
  return url === undefined ? null : <img className={className} src={url} alt={alt} width={page.width} height={page.height} draggable={false} />;
}

function usePageUrl(svg: string, small: boolean): string | undefined {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    let current = true, made: string | undefined;
    void (small ? Promise.resolve("") : letters()).then((style) => {
      if (!current) return;
      // Images load nothing, so the letters come along.
      const at = svg.indexOf("<title>");
      made = URL.createObjectURL(new Blob([svg.slice(0, at), style, svg.slice(at)], { type: "image/svg+xml" }));
      setUrl(made);
    });
    return () => {
      current = false;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [svg, small]);
  return url;
}

let style: Promise<Blob> | undefined;

/** Inter, as the exports embed it and set it, as a style element of an SVG document. */
function letters(): Promise<Blob> {
  style ??= Promise.all([face(400, regularFont), face(600, semiboldFont)]).then((faces) => new Blob([`<style>${faces.join("")}svg{font-feature-settings:"liga" 0,"calt" 0,"clig" 0}</style>`]));
  return style;
}

async function face(weight: 400 | 600, url: string): Promise<string> {
  const bytes = await (await fetch(url)).blob();
  const data = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("a font of the program could not be read"));
    reader.readAsDataURL(bytes);
  });
  return `@font-face{font-family:Inter;font-weight:${weight};src:url(${data})}`;
}
