/**
 * @typedef {{key: string, text: string, code?: string, bad?: boolean, actions?: {name: string, act: () => void}[]}}
 *   Banner
 */

/**
 * Messages that stay until what they say is over.
 * @param {HTMLElement} element
 */
export function createBanners(element) {
  let shown = "";
  /** @param {Banner[]} banners */
  return (banners) => {
    const key = JSON.stringify(banners);
    if (key === shown) return;
    shown = key;
    element.replaceChildren(...banners.map(build));
  };
}

/** @param {Banner} banner */
function build(banner) {
  const box = document.createElement("div");
  const text = document.createElement("p");
  box.className = banner.bad ? "banner bad" : "banner";
  box.setAttribute("role", "alert");
  box.dataset.banner = banner.key;
  text.textContent = banner.text;
  if (banner.code) {
    const code = document.createElement("code");
    code.textContent = banner.code;
    text.append(" ", code);
  }
  box.append(text);
  for (const { name, act } of banner.actions ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", act);
    box.append(button);
  }
  return box;
}
