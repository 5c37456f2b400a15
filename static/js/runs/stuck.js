/** Why a diverged run makes no next update, wherever one is asked for. */
export const STUCK =
  "The numbers are not finite any more: there is no next update. Go back in time, or reset with a smaller η.";

/**
 * The buttons that ask for a next update ([data-trains]) are dimmed where there is none; pressed, they say why.
 * @returns {(state: {run: any}) => void}
 */
export function wireStuck() {
  const buttons = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-trains]")]);
  const titles = buttons.map(({ title }) => title);
  return ({ run }) => {
    for (const [index, button] of buttons.entries()) {
      if (!run?.diverged) button.removeAttribute("aria-disabled");
      else button.setAttribute("aria-disabled", "true");
      const title = run?.diverged ? STUCK : titles[index];
      if (button.title !== title) button.title = title;
    }
  };
}
