/** The shell holds: a page has no more power than the contract gives it, whatever runs in it. */
import { expect, test, titles } from "./fixtures";

test("a first start shows the sample network", async ({ launch }) => {
  const { app, page } = await launch();
  const shown = await page.evaluate(async () => {
    const start = await window.bulkhead.initialDocument();
    return start.status === "opened" ? { name: start.file.name, text: new TextDecoder().decode(start.file.bytes), handle: start.file.handle } : start.status;
  });
  expect(shown).toMatchObject({ name: "flawed-scenario.bulkhead.json", handle: null });
  expect(JSON.stringify(shown)).toContain("bulkhead/1");
  await expect.poll(() => titles(app)).toEqual([expect.stringMatching(/ — Bulkhead$/)]);
});

test("the page is served by the program itself", async ({ launch }) => {
  const { page } = await launch();
  expect(page.url()).toBe("app://bulkhead/index.html");
  expect(await page.evaluate(() => [location.origin, isSecureContext])).toEqual(["app://bulkhead", true]);
});

test("the page has no Node and no Electron, only the contract", async ({ launch }) => {
  const { page } = await launch();
  const found = await page.evaluate(() => ({
    globals: ["require", "process", "module", "Buffer", "global", "ipcRenderer", "electron", "__dirname"].filter((name) => name in globalThis),
    offered: Object.keys(window.bulkhead).sort(),
    sealed: Reflect.set(window.bulkhead, "save", () => undefined) ? "writable" : "frozen",
  }));
  expect(found.globals).toEqual([]);
  expect(found.sealed).toBe("frozen");
  expect(found.offered).toEqual([
    "autosave", "copyFragment", "copyPicture", "discardRecovery", "editText", "giveUpAwaited", "holdsText", "initialDocument", "newDocument", "onAwaited", "onCommand", "onFileChange", "onOpen",
    "onRules", "openDocument", "openDropped", "openRecent", "openRecovered", "openSample", "pasteFragment", "pickComparison", "pickImport",
    "platform", "printPages", "readAgain", "readSample", "recentFiles", "recovered", "rulesBeside", "runInMain", "samples", "save", "saveAs", "saveExport",
    "setDocumentState", "setExportChoices", "setToured", "settings",
  ]);
});

test("the policy stops inline scripts, inline styles, evaluation and foreign content", async ({ launch }) => {
  const { page } = await launch();
  // What the test driver evaluates is exempt from the policy; what a timer runs is not.
  const stopped = await page.evaluate(
    () =>
      new Promise<{ ran: string[]; violated: string[] }>((resolve) => {
        setTimeout(() => {
          const ran: string[] = [];
          const violated: string[] = [];
          document.addEventListener("securitypolicyviolation", (event) => violated.push(event.effectiveDirective));
          try {
            ran.push(String(globalThis.eval("1 + 1")));
          } catch {
            /* as it should be */
          }
          Object.assign(window, { ranInline: () => ran.push("inline script") });
          const script = document.createElement("script");
          script.textContent = "window.ranInline()";
          document.body.append(script);
          const style = document.createElement("style");
          style.textContent = "body { letter-spacing: 99px }";
          document.body.append(style);
          if (getComputedStyle(document.body).letterSpacing === "99px") ran.push("inline style");
          const image = document.createElement("img");
          image.src = "https://example.com/pixel.png";
          const frame = document.createElement("iframe");
          frame.src = "https://example.com/";
          document.body.append(image, frame);
          fetch("https://example.com/").then(() => ran.push("fetch"), () => undefined);
          setTimeout(() => resolve({ ran, violated: [...new Set(violated)].sort() }), 500);
        }, 0);
      }),
  );
  expect(stopped.ran).toEqual([]);
  expect(stopped.violated).toEqual(["connect-src", "frame-src", "img-src", "script-src", "script-src-elem", "style-src-elem"]);
});

test("the page itself breaks no policy", async ({ launch }) => {
  const { app } = await launch();
  const said: string[] = [];
  const page = await app.firstWindow();
  page.on("console", (message) => said.push(message.text()));
  await page.reload();
  await page.waitForTimeout(1500);
  expect(said.filter((line) => /Content.Security.Policy|violates/i.test(line))).toEqual([]);
});

test("files outside the page's folder are not served", async ({ launch }) => {
  const { page } = await launch();
  const answers = await page.evaluate(async () => {
    const addresses = ["/../electron/main.js", "/%2e%2e/electron/main.js", "/..%2felectron/main.js", "/..%5celectron/main.js", "/assets/../../electron/main.js", "/%00", "//etc/passwd", "/"];
    return Promise.all(addresses.map(async (address) => (await fetch(`app://bulkhead${address}`)).status));
  });
  expect(answers).toEqual([404, 404, 404, 404, 404, 404, 404, 200]);
});

test("the page can neither navigate away nor open windows", async ({ launch }) => {
  const { app, page } = await launch();
  const opened = await page.evaluate(() => {
    const result = window.open("https://example.com/") === null && window.open("app://bulkhead/index.html") === null;
    const link = document.createElement("a");
    link.href = "https://example.com/";
    link.target = "_blank";
    document.body.append(link);
    link.click();
    location.href = "https://example.com/";
    return result;
  });
  await page.waitForTimeout(500);
  expect(opened).toBe(true);
  expect(page.url()).toBe("app://bulkhead/index.html");
  expect(await titles(app)).toHaveLength(1);
});

test("every permission is refused", async ({ launch }) => {
  const { page } = await launch();
  const answers = await page.evaluate(async () => {
    const outcome = (promise: Promise<unknown>): Promise<string> => promise.then(() => "granted", (error: unknown) => (error instanceof Error ? error.name : "refused"));
    return {
      notifications: await Notification.requestPermission(),
      location: await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve("granted"), (error) => resolve(error.code))),
      microphone: await outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
      clipboard: await outcome(navigator.clipboard.readText()),
    };
  });
  expect(answers).toEqual({ notifications: "denied", location: 1, microphone: expect.not.stringMatching("granted"), screen: expect.not.stringMatching("granted"), clipboard: "NotAllowedError" });
});

test("the page is not handed the clipboard unless the user has just asked for something", async ({ launch }) => {
  const { app, page } = await launch();
  await app.evaluate(({ clipboard }) => clipboard.writeText("a password"));
  const pasted = (): Promise<string> => page.evaluate(() => new Promise<string>((resolve) => {
    document.addEventListener("paste", (event) => resolve(event.clipboardData?.getData("text/plain") ?? ""), { once: true });
    window.bulkhead.editText("paste").catch((error: unknown) => resolve(String(error)));
  }));
  expect(await pasted()).toContain("nothing is pasted unless the user asks for it");
  // A click, not a key: without a window manager only a click gives the page the focus, and without it Chromium pastes nowhere.
  await page.getByRole("heading", { name: "Bulkhead" }).click();
  expect(await pasted()).toBe("a password");
  expect(await pasted()).toContain("nothing is pasted unless the user asks for it");
});

test("calls with malformed arguments are refused", async ({ launch }) => {
  const { page } = await launch();
  const answers = await page.evaluate(async () => {
    const call = (name: string, ...args: unknown[]): Promise<string> => {
      const method: unknown = Reflect.get(window.bulkhead, name);
      if (typeof method !== "function") return Promise.resolve("no such call");
      return Promise.resolve(Reflect.apply(method, undefined, args)).then(() => "accepted", (error: unknown) => String(error));
    };
    return Promise.all([
      call("save", 42, "text", "name"),
      call("save", "/etc/passwd", "text", "name"),
      call("save", null, "text", "name", "one too many"),
      call("openSample", "../../package"),
      call("openRecent", -1),
      call("rulesBeside", "../cluster"),
      call("openRecovered", "../settings"),
      call("setDocumentState", { title: "x", dirty: false }),
      call("runInMain", "file.save"),
      call("editText", "openDevTools"),
      call("copyFragment", "something else"),
      call("saveExport", "a.png", "text, not bytes"),
      call("printPages", { pages: [] }),
      call("copyPicture", { format: "pdf", text: "%PDF" }),
      call("setExportChoices", { format: "exe" }),
      call("holdsText", "/etc/passwd"),
    ]);
  });
  for (const answer of answers) expect(answer).toContain("malformed arguments");
});

test("a dropped file is what its path says only if it is a file from the desktop", async ({ launch }) => {
  const { page } = await launch();
  const answer = await page.evaluate(() => window.bulkhead.openDropped([{ path: "/etc/passwd" }]).then(([result]) => result?.status, (error: unknown) => String(error)));
  expect(answer).toContain("malformed arguments");
});

test("calls from a page that is not one of the program's windows are refused", async ({ launch }) => {
  const { app } = await launch();
  const answer = await app.evaluate(async ({ app: program, BrowserWindow }) => {
    const preload = `${program.getAppPath()}/dist/electron/preload.cjs`;
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    const ask = "window.bulkhead.recentFiles().then(() => 'answered', String)";
    await foreign.loadURL("app://bulkhead/index.html");
    const sameOrigin: unknown = await foreign.webContents.executeJavaScript(ask);
    await foreign.loadURL("data:text/html,foreign");
    const other: unknown = await foreign.webContents.executeJavaScript(ask);
    foreign.destroy();
    return [sameOrigin, other];
  });
  expect(answer).toEqual([expect.stringContaining("not from a page of this program"), expect.stringContaining("not from a page of this program")]);
});

test("only fragments of documents leave the clipboard", async ({ launch }) => {
  const { app, page } = await launch();
  await app.evaluate(({ clipboard }) => clipboard.writeText("a password"));
  expect(await page.evaluate(() => window.bulkhead.pasteFragment())).toBeNull();
  const fragment = '{"format":"bulkhead-fragment/1","vms":{}}';
  await page.evaluate((text) => window.bulkhead.copyFragment(text), fragment);
  expect(await page.evaluate(() => window.bulkhead.pasteFragment())).toBe(fragment);
});
