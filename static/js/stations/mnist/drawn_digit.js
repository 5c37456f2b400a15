import { tellRun } from "../../base/api.js";
import { isPlaying } from "../../runs/state.js";
import { newestWins } from "../../base/newest_wins.js";
import { pastStep } from "../../runs/moment.js";

const WHILE_LEARNING = 600; // milliseconds between two questions about an unchanged drawing

/**
 * Ask the network about the drawing whenever the drawing or the weights change.
 * @param {{store: import("./state.js").MnistStore, pad: () => ReturnType<typeof import("./draw_pad.js").createDrawPad>,
 *   address: () => string, show: (answer: {outputs: number[], image: number[][]|null, prediction:
 *   number|null}|"untrained"|null) => void}} parts
 */
export function createDrawnDigit({ store, pad, address, show }) {
  const ask = async () => {
    const given = pad().read();
    if (!given) store.set({ predicted: null });
    if (given && store.get().configuration) return show("untrained");
    if (!given || store.get().run?.dataset !== "mnist") return show(null);
    const step = pastStep(store.get());
    const answer = await tellRun(address(), "predict", { ...given, ...(step === null ? {} : { step }) });
    if (pad().read() === null) return show(null);
    store.set({ predicted: answer.step });
    show({ outputs: answer.outputs[0], image: answer.image, prediction: answer.predictions?.[0] ?? null });
  };
  const drawn = newestWins(ask, 30);
  let timer = 0;
  const later = () => {
    timer ||= setTimeout(() => {
      timer = 0;
      drawn();
    }, WHILE_LEARNING);
  };
  store.subscribe((state, before) => {
    const [step, was] = [pastStep(state), pastStep(before)];
    const isMoved = state.run?.step !== before.run?.step || state.run?.share_id !== before.run?.share_id;
    if (step === was && (step !== null || !isMoved)) return;
    if (isPlaying(state) && step === was) later();
    else drawn();
  });
  return () => drawn();
}
