import { wirePicture } from "../../station/picture.js";
import { createQuestions } from "../../station/questions.js";
import { createRun, readCatalog, runAddress, Unreachable } from "../../base/api.js";
import { patiently } from "../../base/patience.js";
import { asCurl, asPython } from "../../base/reproduce.js";
import { createStore } from "../../base/store.js";
import { linkTo, queryOfRun, readPlace, writeRun } from "../../base/url.js";
import { createBanners } from "../../controls/banners.js";
import { createDivergence } from "../../runs/divergence.js";
import { wireStuck } from "../../runs/stuck.js";
import { createCodeDialog } from "../../controls/code_dialog.js";
import { wireFrame } from "../../controls/frame.js";
import { part, write } from "../../controls/parts.js";
import { listenToClicker, turnSlide } from "../../controls/slides.js";
import { readSchedule } from "../../runs/past.js";
import { createSession } from "../../runs/session.js";
import { watchSpeed } from "../../runs/speed.js";
import { isPlaying, isRateOfOthers } from "../../runs/state.js";
import { createMnistActions } from "./actions.js";
import { runBanners } from "./banners.js";
import { createDigitCount } from "./digit_count.js";
import { createDigitGrid } from "./digit_grid.js";
import { createDrawPad } from "./draw_pad.js";
import { wireCurves } from "./curves.js";
import { createDrawnDigit } from "./drawn_digit.js";
import { createRunFigures } from "./figures.js";
import { createHistory } from "./history.js";
import { createOutputBars } from "./output_bars.js";
import { createRunForm } from "./run_form.js";
import { standing } from "./sentences.js";
import { emptyState, isLogarithmic } from "./state.js";
import { createTestDigits } from "./test_digits.js";
import { outputName, wireWhy } from "./why.js";

const LAST = "last"; // the run that was open last, whatever its preset
const say = (/** @type {string} */ sentence) => write(part("says", HTMLElement), sentence);
const store = createStore(emptyState());
const shared = readPlace().shared;
const address = () => runAddress({ run: store.get().run?.id, shared });

/** @param {any} catalog */
function compose(catalog) {
  /** @type {ReturnType<typeof createSession>} */
  const session = createSession(store, { name: "mnist", tell: (news) => actions.hear(news) });
  const form = createRunForm({
    form: part("settings", HTMLFormElement),
    catalog,
    onSettings: () => actions.settingsChanged(),
    onRate: (rate) => actions.rateChanged(rate),
  });
  const actions = createMnistActions({ store, session, form, say });
  const pad = wireDrawing();
  wireDigits(pad);
  const history = createHistory({ store, session, say, own: shared === null });
  wireCurves({ store, beside: history.beside });
  wireWhy({ store, pad, address });
  wireCode();
  watchSpeed(store);
  const figures = createRunFigures(catalog);
  const showBanners = wireBanners(session, actions, history);
  const stick = wireStuck();
  store.subscribe((state, before) => {
    if (state.run?.diverged && before.run?.share_id === state.run.share_id && !before.run.diverged)
      say(`Step ${state.run.diverged_at}: the numbers left the finite range.`);
    if (isRateOfOthers(state, before)) form.showRate(state.run.optimizer.learning_rate);
    figures.show(state);
    if (shared === null && state.run && state.run.id !== before.run?.id) rememberRun(session, state.run);
    showBanners(state);
    showDownloads(state);
    stick(state);
  });
  wireButtons(backToNow(actions, history.now), pad, history);
  return { session, form, actions };
}

/**
 * The messages above the page, with what one can do about them.
 * @param {ReturnType<typeof createSession>} session @param {ReturnType<typeof createMnistActions>} actions
 * @param {ReturnType<typeof createHistory>} history
 */
function wireBanners(session, actions, history) {
  const show = createBanners(part("banners", HTMLElement));
  const divergence = createDivergence(store, session, shared === null ? actions.goBack : null);
  const ways = {
    begin: () => startOver(actions),
    copy: () => void ownCopy(),
    adopt: () => location.assign(linkTo("run", history.second().id)),
    drop: history.leave,
  };
  return (/** @type {import("./state.js").MnistState} */ state) => {
    const second = history.second();
    const beside = state.branch && second ? { run: second, evaluations: history.beside(state) } : null;
    show(runBanners(state, shared !== null, ways, beside, divergence(state.run)));
  };
}

/**
 * What trains goes on from where the run stands, and shows it.
 * @param {ReturnType<typeof createMnistActions>} actions @param {() => void} now
 */
function backToNow(actions, now) {
  /** @param {() => void} act */
  const first = (act) => () => {
    now();
    act();
  };
  const [toggle, step, epoch, reset] = [actions.toggle, actions.step, actions.epoch, actions.reset].map(first);
  return { toggle, step, epoch, reset };
}

/**
 * @param {ReturnType<typeof backToNow>} actions @param {ReturnType<typeof createDrawPad>} pad
 * @param {ReturnType<typeof createHistory>} history
 */
function wireButtons(actions, pad, history) {
  const logAxis = part("log-axis", HTMLButtonElement);
  const flipAxis = () => {
    const logarithmic = !isLogarithmic(store.get());
    store.set({ logarithmic });
    say(logarithmic ? "The loss axis is logarithmic." : "The loss axis is linear.");
  };
  logAxis.addEventListener("click", flipAxis);
  part("clear", HTMLButtonElement).addEventListener("click", pad.clear);
  const own = shared === null;
  if (own) {
    part("train", HTMLButtonElement).addEventListener("click", actions.toggle);
    part("step", HTMLButtonElement).addEventListener("click", actions.step);
    part("one-epoch", HTMLButtonElement).addEventListener("click", actions.epoch);
    part("reset", HTMLButtonElement).addEventListener("click", actions.reset);
  }
  // A clicker that would leave while it trains pauses first: nothing is left training that nobody watches.
  const turn = (/** @type {number} */ by) => (isPlaying(store.get()) ? actions.toggle() : turnSlide(by));
  const driving = {
    " ": actions.toggle,
    s: actions.step,
    e: actions.epoch,
    r: actions.reset,
    PageDown: () => turn(1),
    PageUp: () => turn(-1),
  };
  const leave = () => (store.get().why === null ? history.back() : store.set({ why: null }));
  wireFrame({ l: flipAxis, c: pad.clear, Escape: leave, ...(own ? driving : {}) });
}

function wireDrawing() {
  const showBars = createOutputBars(part("drawing-bars", HTMLElement), (digit) => outputName(store.get().run, digit));
  const verdict = part("verdict", HTMLElement);
  const hint = verdict.textContent ?? "";
  const pad = createDrawPad({
    pad: part("pad", HTMLCanvasElement),
    seen: part("seen", HTMLCanvasElement),
    onChange() {
      store.set({ drawing: store.get().drawing + 1 });
      ask();
    },
  });
  const ask = createDrawnDigit({
    store,
    address,
    pad: () => pad,
    show(answer) {
      const known = answer === "untrained" ? null : answer;
      showBars(known?.outputs ?? null);
      pad.showSeen(known?.image ?? null);
      const digit = document.createElement("b");
      digit.textContent = String(known?.prediction);
      if (answer === "untrained") verdict.replaceChildren("· it has learned nothing yet: train it first");
      else if (known?.prediction === null) verdict.replaceChildren("· its outputs are no numbers any more");
      else verdict.replaceChildren(...(known ? ["· it reads a ", digit] : [hint]));
    },
  });
  return pad;
}

/** @param {ReturnType<typeof createDrawPad>} pad */
function wireDigits(pad) {
  const grid = createDigitGrid({
    grid: part("digit-grid", HTMLElement),
    popover: part("digit-popover", HTMLElement),
    onPick(picture) {
      pad.load(picture.index, picture.pixels);
      say(`Test digit ${picture.index} is on the pad.`);
    },
  });
  const digits = createTestDigits({ store, grid, address });
  const wrong = part("only-wrong", HTMLInputElement);
  wrong.addEventListener("change", () => store.set({ wrong: wrong.checked, first: 0 }));
  const [back, next] = [part("digits-back", HTMLButtonElement), part("digits-next", HTMLButtonElement)];
  back.addEventListener("click", () => digits.turn(-1));
  next.addEventListener("click", () => digits.turn(1));
  store.subscribe(createDigitCount({ words: part("digits-count", HTMLElement), back, next }));
}

function wireCode() {
  const show = createCodeDialog();
  const note = "The same seed, batches and learning rates give the same numbers.";
  const schedule = async () => (store.get().run ? readSchedule(address()) : []);
  /** @type {Record<string, (run: any) => void|Promise<void>>} */
  const kinds = {
    curl: async (run) =>
      show("The same run with curl", `Paste it into a shell. ${note}`, asCurl(run, await schedule(), location.origin)),
    python: async (run) =>
      show("The same run in Python", `Needs httpx. ${note}`, asPython(run, await schedule(), location.origin)),
    link(run) {
      if (!store.get().run) return say("A run has a link from its first step on.");
      show("A link to this run", "Whoever opens this may watch, not step.", linkTo("shared", run.share_id));
    },
  };
  for (const button of document.querySelectorAll("[data-code]")) {
    button.addEventListener("click", () => {
      const { run, configuration } = store.get();
      const shown = run ?? (configuration && { configuration });
      if (shown)
        Promise.resolve(kinds[/** @type {HTMLElement} */ (button).dataset.code ?? ""](shown)).catch((fault) =>
          say(fault.message),
        );
    });
  }
}

/** @param {import("../../runs/state.js").RunState} state */
function showDownloads(state) {
  for (const [id, file] of [
    ["weights", "weights.npz"],
    ["history", "history.csv"],
  ]) {
    const link = part(id, HTMLAnchorElement);
    link.hidden = !state.run;
    if (state.run) link.href = `${address()}/${file}`;
  }
  const place = queryOfRun(state.run, shared);
  part("landscape", HTMLAnchorElement).href = `/mnist?view=landscape${place ? `&${place}` : ""}`;
}

/** @param {ReturnType<typeof createMnistActions>} actions */
function startOver(actions) {
  if (shared !== null) return location.assign(location.pathname);
  store.set({ ...emptyState(), connection: "live" });
  return actions.startOver();
}

/** Make a run of one's own from a shared one, and go there. */
async function ownCopy() {
  const run = await createRun(store.get().run.configuration);
  location.assign(linkTo("run", run.id));
}

/**
 * What is open now is found again: by its preset, and where the address names none.
 * @param {ReturnType<typeof createSession>} session @param {any} run
 */
function rememberRun(session, run) {
  session.remember(LAST, run.id);
  if (run.preset && !session.recall(run.preset)) session.remember(run.preset, run.id);
}

async function start() {
  const catalog = await patiently(readCatalog, (fault) => {
    const who = fault instanceof Unreachable ? "does not answer" : "is not ready";
    say(`The server ${who}; trying again…`);
  });
  const place = readPlace();
  const { session, form, actions } = compose(catalog);
  const { title, known } = form.choosePreset(place.preset);
  form.lock(shared !== null);
  addEventListener("popstate", () => location.reload());
  const before = place.run || shared ? null : session.recall(place.preset ? form.preset() : LAST);
  const isAsked = place.run || shared || before;
  const isFound =
    isAsked &&
    (await session.open({ run: place.run ?? before, shared }).then(
      () => true,
      () => false,
    ));
  if (isFound) {
    if (before) writeRun(before, true);
    form.showRun(store.get().run);
    return say(standing(store.get().run));
  }
  if (place.run || shared) return say("This run is not there.");
  return actions.prepare(
    known ? "Nothing is trained yet." : `There is no preset “${place.preset}” for MNIST; this is “${title}”.`,
  );
}

listenToClicker();
wirePicture();
const ask = createQuestions();
start()
  .then(ask)
  .catch((fault) => say(fault instanceof Error ? fault.message : String(fault)));
