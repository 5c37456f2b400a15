/**
 * Arrow keys move between elements in rows, of which one is in the order of tabs.
 * @param {KeyboardEvent} event @param {HTMLElement[]} buttons
 */
export function moveFocus(event, buttons) {
  const at = buttons.findIndex((button) => button === document.activeElement);
  const columns = Math.max(1, buttons.filter((button) => button.offsetTop === buttons[0].offsetTop).length);
  const moves = /** @type {Record<string, number>} */ ({
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
  });
  const next = buttons[at + (moves[event.key] ?? NaN)];
  if (at < 0 || !next) return;
  event.preventDefault();
  buttons[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
