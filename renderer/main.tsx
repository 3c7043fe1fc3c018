import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { App } from "./App";
import { startAnalysis } from "./analysis/client";
import { checkLater } from "./analysis/check-later";
import { startPicture, warmPicture } from "./picture/client";
import { startFiles } from "./files/start";
import { attempt } from "./store/attempt";
import { followParts } from "./store/parts";
import { followRoom } from "./store/room";
import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";

// The page's content policy refuses code made of text, which the schema library would otherwise try.
z.config({ jitless: true });

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root element");
startAnalysis();
followParts();
followRoom();
startPicture();
checkLater();
createRoot(root).render(<StrictMode><App /></StrictMode>);
attempt(startFiles(), "The document could not be shown");
requestIdleCallback(warmPicture);
