import { readFile } from "../base/api.js";
import { openDialog } from "../controls/frame.js";
import { part } from "../controls/parts.js";

const SIZE = { width: 1920, height: 1080 }; // a projector's
const KINDS = { svg: "image/svg+xml", png: "image/png" };

/** @typedef {{text: string, width: number, height: number}} Picture */

/** Wire the button and the dialog that hand out a picture of the figure shown, where the page has them. */
export function wirePicture() {
  /** @type {Promise<Picture>|null} */
  let picture = null;
  const open = () => {
    picture = takePicture();
    part("picture-done", HTMLElement).textContent = "";
    openDialog("picture");
    tell(async () => {
      const image = part("picture-image", HTMLImageElement);
      image.src = addressOf((await /** @type {Promise<Picture>} */ (picture)).text);
      image.alt = document.querySelector("h1")?.textContent?.trim() ?? "";
    }, "");
  };
  /** @type {Record<string, () => Promise<string>>} */
  const actions = {
    svg: async () => save(new Blob([(await shown()).text], { type: KINDS.svg }), "svg"),
    png: async () => save(await painted(await shown()), "png"),
    copy: async () => {
      // the clipboard takes a promise: the press is still the reason for it when the picture is ready
      await navigator.clipboard.write([new ClipboardItem({ [KINDS.png]: shown().then(painted) })]);
      return "Copied.";
    },
  };
  const shown = () => picture ?? takePicture();
  for (const button of document.querySelectorAll("[data-picture]")) {
    const kind = /** @type {HTMLElement} */ (button).dataset.picture ?? "";
    button.addEventListener("click", () =>
      kind ? tell(actions[kind], "This browser cannot copy a picture.") : open(),
    );
  }
}

/**
 * Do something, and say in the dialog what came of it.
 * @param {() => Promise<string|void>} act @param {string} else_ said where it fails, instead of the fault
 */
async function tell(act, else_) {
  const done = part("picture-done", HTMLElement);
  try {
    done.textContent = (await act()) ?? "";
  } catch (fault) {
    done.textContent = else_ || String(fault);
  }
}

/** The figure of the page with its claim and its sentence. @returns {Promise<Picture>} */
async function takePicture() {
  const { pictureOf } = await import("../drawing/picture.js");
  const stage = /** @type {HTMLElement} */ (document.querySelector(".stage, .first"));
  const paper = getComputedStyle(document.body).backgroundColor;
  const { drawing, width, height } = await pictureOf(stage, { ...SIZE, paper, faces: await typefaces() });
  return { text: new XMLSerializer().serializeToString(drawing), width, height };
}

/** The page's typefaces as a style that carries them: a picture asks for no file. */
async function typefaces() {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const faces = rules.filter((rule) => rule instanceof CSSFontFaceRule);
  const whole = faces.map(async ({ cssText }) => {
    const address = /url\("?([^")]+)"?\)/.exec(cssText)?.[1] ?? "";
    return cssText.replace(address, await inline(await readFile(address)));
  });
  return (await Promise.all(whole)).join("\n");
}

/** @param {Blob} file @returns {Promise<string>} */
const inline = (file) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.readAsDataURL(file);
  });

/** @param {string} text */
const addressOf = (text) => `data:${KINDS.svg};charset=utf-8,${encodeURIComponent(text)}`;

/** The picture in pixels. @param {Picture} picture @returns {Promise<Blob>} */
async function painted({ text, width, height }) {
  const image = new Image();
  image.src = addressOf(text);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be painted."))), KINDS.png),
  );
}

/** @param {Blob} file @param {string} ending */
function save(file, ending) {
  const name = `downhill-${document.body.dataset.page}.${ending}`;
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return `Saved as ${name}.`;
}
