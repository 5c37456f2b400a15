import { tellRun } from "../api.js";
import { isPlaying } from "../run_state.js";
import { newestWins } from "./newest_wins.js";

const WHILE_LEARNING = 600; // milliseconds between two questions about an unchanged drawing

/**
 * Ask the network about the drawing whenever the drawing or the weights change.
 * @param {{store: import("./run_session.js").RunStore, pad: () => ReturnType<typeof import("../views/draw_pad.js").createDrawPad>,
 *   address: () => string, show: (answer: {outputs: number[], image: number[][]|null, prediction: number|null}|null) => void}} parts
 */
export function createDrawnDigit({ store, pad, address, show }) {
  const ask = async () => {
    const drawing = pad().read();
    if (!drawing || store.get().run?.dataset !== "mnist") return show(null);
    const answer = await tellRun(address(), "predict", { drawing });
    if (pad().read() === null) return show(null);
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
    if (state.run?.step === before.run?.step && state.run?.share_id === before.run?.share_id) return;
    if (isPlaying(state)) later();
    else drawn();
  });
  return () => drawn();
}
