import { useEffect, useRef } from "react";
import type { DrawnPage } from "./protocol";

interface PageImageProps {
  readonly page: DrawnPage;
  /** "" where it is told beside it. */
  readonly alt: string;
}

/** A page as an image: a document of its own, in which nothing runs or is loaded and which nothing outside can style. */
export function PageImage({ page: { svg, width, height }, alt }: PageImageProps) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    if (image.current !== null) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [svg]);
  return <img ref={image} alt={alt} width={width} height={height} draggable={false} />;
}
