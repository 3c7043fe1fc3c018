import { useEffect, useMemo, useState, type ReactNode } from "react";
import { drawScene } from "../../shared/diagram/drawing";
import { buildScene } from "../../shared/diagram/scene";
import type { Sample } from "../../shared/ipc";
import { applyEdits } from "../../shared/model/edit";
import type { Topology } from "../../shared/model/topology";
import { TEMPLATES, type Template } from "../actions/templates";
import { readDocument } from "../analysis/client";
import { Primitives, ThemeContext } from "../canvas/Primitives";
import { useTheme } from "../canvas/useTheme";
import { showResult } from "../files/current";
import { attempt } from "../store/attempt";
import { emptyTopology } from "../store/document";
import { openDialog } from "../store/session";
import { Dialog } from "../ui/Dialog";
import "./gallery.css";

const PICTURE = { width: 256, height: 144 };

/** Whole networks to look at and pieces to begin with, each with its picture. */
export function GalleryDialog() {
  const theme = useTheme();
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    let current = true;
    attempt(window.bulkhead.samples().then((found) => { if (current) setSamples(found); }), "The samples could not be listed");
    return () => { current = false; };
  }, []);
  return (
    <Dialog title="New from a sample or a template" width="wide" onClose={() => openDialog(undefined)} description="It opens here if this window holds nothing that would be lost, else in a new window.">
      <ThemeContext value={theme}>
        <h3>Templates</h3>
        <ul className="gallery">{TEMPLATES.map((template) => <TemplateCard key={template.id} template={template} />)}</ul>
        <h3>Samples</h3>
        <ul className="gallery">{samples.map((sample) => <SampleCard key={sample.name} sample={sample} />)}</ul>
      </ThemeContext>
    </Dialog>
  );
}

function TemplateCard({ template }: { readonly template: Template }) {
  const topology = useMemo(() => {
    const empty = emptyTopology(), outcome = template.build(empty, { x: 0, y: 0 });
    return outcome.ok ? applyEdits(empty, outcome.change.edits) : empty;
  }, [template]);
  const begin = (): void => {
    openDialog(undefined);
    attempt(window.bulkhead.newDocument(template.id).then(showResult), `“${template.title}” could not be begun`);
  };
  return <Card title={template.title} text={template.hint} picture={<Picture of={topology} />} onChoose={begin} />;
}

function SampleCard({ sample }: { readonly sample: Sample }) {
  const [topology, setTopology] = useState<Topology | undefined>(undefined);
  useEffect(() => {
    let current = true;
    const read = async (): Promise<void> => {
      const bytes = await window.bulkhead.readSample(sample.name);
      const parsed = bytes === null ? undefined : await readDocument(bytes as Uint8Array<ArrayBuffer>);
      if (current && parsed?.ok === true) setTopology(parsed.topology);
    };
    attempt(read(), `The picture of “${sample.title}” could not be drawn`);
    return () => { current = false; };
  }, [sample]);
  const open = (): void => {
    openDialog(undefined);
    attempt(window.bulkhead.openSample(sample.name).then(showResult), `“${sample.title}” could not be opened`);
  };
  return <Card title={sample.title} text={topology?.description ?? ""} picture={topology === undefined ? null : <Picture of={topology} />} onChoose={open} />;
}

interface CardProps {
  readonly title: string;
  readonly text: string;
  readonly picture: ReactNode;
  readonly onChoose: () => void;
}

function Card({ title, text, picture, onChoose }: CardProps) {
  return (
    <li>
      <button type="button" className="gallery-card" onClick={onChoose}>
        <span className="gallery-picture">{picture}</span>
        <span className="gallery-title">{title}</span>
        <span className="gallery-text">{text}</span>
      </button>
    </li>
  );
}

/** The network as the canvas draws it, small. */
function Picture({ of: topology }: { readonly of: Topology }) {
  const { bounds, primitives } = useMemo(() => {
    const scene = buildScene(topology), scale = Math.min(PICTURE.width / scene.bounds.width, PICTURE.height / scene.bounds.height);
    return { bounds: scene.bounds, primitives: drawScene(scene, { lens: "tenants", scale }) };
  }, [topology]);
  return <svg viewBox={`${bounds.x - 24} ${bounds.y - 24} ${bounds.width + 48} ${bounds.height + 48}`} aria-hidden><Primitives of={primitives} /></svg>;
}
