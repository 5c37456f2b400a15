import { tellRun } from "../../base/api.js";
import { number } from "../../base/format.js";
import { onThemeChange, palette } from "../../base/theme.js";
import { part, write } from "../../controls/parts.js";
import { pastStep } from "../../runs/moment.js";
import { createWhy } from "../../station/why.js";
import { paintSigned } from "./digit_canvas.js";

const SIDE = 28;

/** The name of one of the ten outputs. @param {any} run @param {number} digit */
export const outputName = (run, digit) => `layers[${lastLayer(run)}].activations[0][${digit}]`;

/** @param {any} run */
const lastLayer = (run) => (run?.network.layer_sizes.length ?? 2) - 2;

/**
 * Why an output for the digit on the pad is what it is, down to the pixels: the panel, and what each pixel does.
 * @param {{store: import("./state.js").MnistStore, pad: ReturnType<typeof import("./draw_pad.js").createDrawPad>,
 *   address: () => string}} parts
 */
export function wireWhy({ store, pad, address }) {
  const card = part("why-card", HTMLElement);
  const showPictures = createPictures();
  const show = createWhy(part("why", HTMLElement), {
    network: {
      get layers() {
        return lastLayer(store.get().run) + 1;
      },
    },
    onChoose: (why) => store.set({ why }),
    onShow: (reason) => showPictures(reason, store.get().run),
    ask(asked) {
      const step = pastStep(store.get());
      const when = step === null ? {} : { step };
      return tellRun(address(), "why", { number: asked, ...pad.read(), ...when, include: ["contributions"] });
    },
  });
  part("why-close", HTMLButtonElement).addEventListener("click", () => store.set({ why: null }));
  store.subscribe((state) => {
    const isShown = state.why !== null && state.run !== null && pad.read() !== null;
    if (state.why !== null && !isShown) return store.set({ why: null });
    card.hidden = !isShown;
    document.body.classList.toggle("asking", isShown);
    const { run, drawing } = state;
    show({
      number: state.why,
      key: [run?.share_id, run?.generation, pastStep(state) ?? run?.step, drawing].join(),
      digits: 4,
    });
    return undefined;
  });
}

/** The slopes of a number by the pixels, and slope times input, as two pictures; every pixel can be lit. */
function createPictures() {
  const place = part("why-pictures", HTMLElement);
  const canvases = ["why-slopes", "why-shares"].map((id) => part(id, HTMLCanvasElement));
  for (const canvas of canvases) canvas.width = canvas.height = SIDE;
  const lights = part("why-pixels", HTMLElement);
  lights.replaceChildren(
    ...Array.from({ length: SIDE * SIDE }, (_, index) => {
      const pixel = document.createElement("i");
      pixel.dataset.number = `inputs[0][${index}]`;
      return pixel;
    }),
  );
  /** @type {any} */
  let shown = null;
  const paint = () => {
    if (!shown) return;
    paintSigned(canvases[0], shown.slopes, palette());
    paintSigned(canvases[1], shown.contributions, palette());
  };
  onThemeChange(paint);
  /** @param {any} reason @param {any} run */
  return (reason, run) => {
    if (reason?.given) return; // a pixel or a weight: what it was asked for stays in sight
    shown = reason?.contributions ?? null;
    place.hidden = !shown;
    if (!shown) return;
    const [, layer, unit] = /^layers\[(\d+)\]\.\w+\[0\]\[(\d+)\]$/.exec(reason.number) ?? [];
    const isOutput = Number(layer) === lastLayer(run);
    const isFirst = layer === "0" && reason.number.includes("pre_activations");
    write(part("why-of", HTMLElement), isOutput ? `for a ${unit}` : `for hidden unit ${Number(unit) + 1}`);
    write(part("why-slopes-name", HTMLElement), isFirst ? "its weights w" : `slopes ∂${reason.name}/∂x`);
    write(part("why-shares-name", HTMLElement), isFirst ? "w · x" : "slope · x");
    const rest = shown.sums_up ? "The biases add" : "Beside this:";
    write(part("why-rest", HTMLElement), shown.rest === null ? "" : `${rest} ${number(shown.rest, 3)}.`);
    paint();
  };
}
