/** Whether every control of a window can be seen and reached. */
import type { Page } from "@playwright/test";

/**
 * The controls that nobody can reach: outside the window or cut off by something that does not scroll, empty, or under another thing.
 * Things on the canvas are left out, for the picture moves. One line each.
 */
export async function unreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CONTROLS = "button, input, textarea, a[href], [role=tab], [role=radio], [role=menuitem], [role=menuitemradio], [role=switch]";
    const TOLERANCE = 1.5;
    const dialog = [...document.querySelectorAll("[role=dialog], [role=menu]")].at(-1);
    const root = dialog ?? document.body;
    const wrong: string[] = [];
    for (const control of root.querySelectorAll<HTMLElement>(CONTROLS)) {
      if (control.closest(".react-flow, .visually-hidden, [aria-hidden=true], [inert]") !== null || !control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const problem = problemOf(control);
      if (problem !== undefined) wrong.push(`${nameOf(control)}: ${problem}`);
    }
    return wrong;

    function nameOf(control: HTMLElement): string {
      return `${control.tagName.toLowerCase()} “${control.getAttribute("aria-label") ?? (control.textContent || control.className)}”`;
    }

    /** Follows the boxes outwards: what scrolls brings anything inside it into its own box. */
    function problemOf(control: HTMLElement): string | undefined {
      const box = control.getBoundingClientRect();
      if (box.width < 4 || box.height < 1) return `is ${Math.round(box.width)} × ${Math.round(box.height)} pixels`;
      let { left, right, top, bottom } = box;
      let scrolls = false;
      for (let around = control.parentElement; around !== null && around !== document.documentElement; around = around.parentElement) {
        const style = getComputedStyle(around);
        const inside = around.getBoundingClientRect();
        const beyond = { x: left < inside.left - TOLERANCE || right > inside.right + TOLERANCE, y: top < inside.top - TOLERANCE || bottom > inside.bottom + TOLERANCE };
        for (const [axis, overflow] of [["x", style.overflowX], ["y", style.overflowY]] as const) {
          if (overflow === "visible" || !beyond[axis]) continue;
          if (overflow === "hidden" || overflow === "clip") return `is cut off by .${around.className}`;
          scrolls = true;
          // Only what is wide by nature may be wider than its place.
          if (axis === "x" && around.querySelector("[role=grid], [role=treegrid]") === null) return `is seen only after scrolling .${around.className} sideways`;
          if (axis === "x") ({ left, right } = inside);
          else ({ top, bottom } = inside);
        }
        if (style.position === "fixed") break;
      }
      if (left < -TOLERANCE || top < -TOLERANCE || right > innerWidth + TOLERANCE || bottom > innerHeight + TOLERANCE) return `lies outside the window (${Math.round(left)}, ${Math.round(top)} to ${Math.round(right)}, ${Math.round(bottom)})`;
      if (scrolls) return undefined;
      const above = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      return above === null || control.contains(above) || above.contains(control) || above.closest("label")?.contains(control) === true ? undefined : `lies under .${above.className}`;
    }
  });
}
