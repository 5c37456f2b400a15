import { Problem, readCatalog, runAddress, Unreachable, createRun } from "../api.js";
import { createDrawnDigit } from "../effects/drawn_digit.js";
import { readSchedule } from "../effects/rate_schedule.js";
import { createRunActions } from "../effects/run_actions.js";
import { createSession } from "../effects/run_session.js";
import { watchSpeed } from "../effects/run_speed.js";
import { createTestDigits } from "../effects/test_digits.js";
import { accuracyCurve } from "../figures/accuracy_curve.js";
import { lossCurve } from "../figures/loss_curve.js";
import { asCurl, asPython } from "../reproduce.js";
import { emptyState, isLogarithmic, isPlaying } from "../run_state.js";
import { createStore } from "../store.js";
import { onThemeChange, palette } from "../theme.js";
import { linkTo, readPlace } from "../url.js";
import { createBanners } from "../views/banners.js";
import { createCodeDialog } from "../views/code_dialog.js";
import { createDigitCount } from "../views/digit_count.js";
import { createDigitGrid } from "../views/digit_grid.js";
import { createDrawPad } from "../views/draw_pad.js";
import { turnSlide, wireFrame } from "../views/frame.js";
import { createOutputBars } from "../views/output_bars.js";
import { createPlot } from "../views/plot.js";
import { runBanners } from "../views/run_banners.js";
import { createRunFigures } from "../views/run_figures.js";
import { createRunForm } from "../views/run_form.js";

/** @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
function part(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`The page has no ${kind.name} called ${id}.`);
  return element;
}

const say = (/** @type {string} */ sentence) => {
  part("says", HTMLElement).textContent = sentence;
};
const store = createStore(emptyState());
const shared = readPlace().shared;
const address = () => runAddress({ run: store.get().run?.id, shared });

/** @param {any} catalog */
function compose(catalog) {
  const session = createSession(store, () => say(`The server answers again. ${standing(store.get().run)}`));
  const form = createRunForm({ form: part("settings", HTMLFormElement), catalog, onSettings: () => actions.settingsChanged(), onRate: (rate) => actions.rateChanged(rate) });
  const actions = createRunActions({ store, session, form, say });
  const pad = wireDrawing();
  wireDigits(pad);
  wireCurves();
  wireCode(actions.keep);
  watchSpeed(store);
  const figures = createRunFigures(catalog);
  const showBanners = createBanners(part("banners", HTMLElement));
  store.subscribe((state, before) => {
    if (state.run?.diverged && before.run?.share_id === state.run.share_id && !before.run.diverged) say(`Step ${state.run.diverged_at}: the numbers left the finite range.`);
    figures.show(state);
    showBanners(runBanners(state, shared !== null, { ...actions, begin: () => startOver(actions), copy: () => void ownCopy() }));
    showDownloads(state);
  });
  wireButtons(actions, pad);
  return { session, form, actions };
}

/** @param {ReturnType<typeof createRunActions>} actions @param {ReturnType<typeof createDrawPad>} pad */
function wireButtons(actions, pad) {
  const logAxis = part("log-axis", HTMLButtonElement);
  const flipAxis = () => {
    const logarithmic = !isLogarithmic(store.get());
    store.set({ logarithmic });
    say(logarithmic ? "The loss axis is logarithmic." : "The loss axis is linear.");
  };
  logAxis.addEventListener("click", flipAxis);
  part("clear", HTMLButtonElement).addEventListener("click", pad.clear);
  const own = shared === null;
  if (!own) document.body.classList.add("shared");
  if (own) {
    part("train", HTMLButtonElement).addEventListener("click", actions.toggle);
    part("step", HTMLButtonElement).addEventListener("click", actions.step);
    part("one-epoch", HTMLButtonElement).addEventListener("click", actions.epoch);
    part("reset", HTMLButtonElement).addEventListener("click", actions.reset);
  }
  // A clicker that would leave while it trains pauses first: nothing is left training that nobody watches.
  const turn = (/** @type {number} */ by) => (isPlaying(store.get()) ? actions.toggle() : turnSlide(by));
  const driving = { " ": actions.toggle, s: actions.step, e: actions.epoch, r: actions.reset, PageDown: () => turn(1), PageUp: () => turn(-1) };
  wireFrame({ l: flipAxis, c: pad.clear, ...(own ? driving : {}) });
}

function wireDrawing() {
  const showBars = createOutputBars(part("drawing-bars", HTMLElement));
  const verdict = part("verdict", HTMLElement);
  const hint = verdict.textContent ?? "";
  const pad = createDrawPad({ pad: part("pad", HTMLCanvasElement), seen: part("seen", HTMLCanvasElement), onChange: () => ask() });
  const ask = createDrawnDigit({
    store, address, pad: () => pad,
    show(answer) {
      showBars(answer?.outputs ?? null);
      pad.showSeen(answer?.image ?? null);
      const digit = document.createElement("b");
      digit.textContent = String(answer?.prediction);
      if (answer?.prediction === null) verdict.replaceChildren("· its outputs are no numbers any more");
      else verdict.replaceChildren(...(answer ? ["· it reads a ", digit] : [hint]));
    },
  });
  return pad;
}

/** @param {ReturnType<typeof createDrawPad>} pad */
function wireDigits(pad) {
  const grid = createDigitGrid({
    grid: part("digit-grid", HTMLElement), popover: part("digit-popover", HTMLElement),
    onPick(picture) {
      pad.load(picture.pixels);
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

function wireCurves() {
  const loss = createPlot(part("loss-plot", HTMLElement));
  const accuracy = createPlot(part("accuracy-plot", HTMLElement));
  const draw = () => {
    const logarithmic = isLogarithmic(store.get());
    part("log-axis", HTMLButtonElement).setAttribute("aria-pressed", String(logarithmic));
    loss.show(() => lossCurve({ ...store.get(), logarithmic, colors: palette() }));
    accuracy.show(() => accuracyCurve({ ...store.get(), colors: palette() }));
  };
  store.subscribe((state, before) => (state.evaluations !== before.evaluations || state.logarithmic !== before.logarithmic) && draw());
  onThemeChange(draw);
  draw();
}

/** @param {() => void} keep */
function wireCode(keep) {
  const show = createCodeDialog();
  const note = "The same seed, batches and learning rates give the same numbers.";
  const schedule = () => readSchedule(address());
  /** @type {Record<string, (run: any) => void|Promise<void>>} */
  const kinds = {
    curl: async (run) => show("The same run with curl", `Paste it into a shell. ${note}`, asCurl(run, await schedule(), location.origin)),
    python: async (run) => show("The same run in Python", `Needs httpx. ${note}`, asPython(run, await schedule(), location.origin)),
    link(run) {
      keep();
      show("A link to this run", "Whoever opens this may watch, not step.", linkTo("shared", run.share_id));
    },
  };
  for (const button of document.querySelectorAll("[data-code]")) {
    button.addEventListener("click", () => {
      const run = store.get().run;
      if (run) Promise.resolve(kinds[/** @type {HTMLElement} */ (button).dataset.code ?? ""](run)).catch((fault) => say(fault.message));
    });
  }
}

/** @param {import("../run_state.js").RunState} state */
function showDownloads(state) {
  for (const [id, file] of [["weights", "weights.npz"], ["history", "history.csv"]]) {
    const link = part(id, HTMLAnchorElement);
    link.hidden = !state.run;
    if (state.run) link.href = `${address()}/${file}`;
  }
}

/** @param {ReturnType<typeof createRunActions>} actions */
function startOver(actions) {
  if (shared !== null) return location.assign(location.pathname);
  store.set({ ...emptyState(), connection: "live" });
  actions.begin();
}

/** Make a run of one's own from a shared one, and go there. */
async function ownCopy() {
  const run = await createRun(store.get().run.configuration);
  location.assign(linkTo("run", run.id));
}

async function start() {
  const catalog = await patientCatalog();
  const place = readPlace();
  const { session, form, actions } = compose(catalog);
  const { title, known } = form.choosePreset(place.preset);
  form.lock(shared !== null);
  addEventListener("popstate", () => location.reload());
  if (!place.run && !place.shared) return actions.begin(known ? undefined : `There is no preset “${place.preset}” for MNIST; this is “${title}”.`);
  await session.open(runAddress(place)).catch(() => {});
  const { run } = store.get();
  if (!run) return say("This run is not there.");
  form.showRun(run);
  say(standing(run));
}

/** @param {any} run */
const standing = (run) => (run.status === "playing" ? "Training goes on." : `The run stands at step ${run.step}, epoch ${run.epoch}.`);

/** The catalog, asked for until the server answers. */
async function patientCatalog() {
  for (;;) {
    try {
      return await readCatalog();
    } catch (fault) {
      if (fault instanceof Problem && fault.status < 500) throw fault;
      say(fault instanceof Unreachable ? "The server does not answer; trying again…" : "The server is not ready; trying again…");
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

start().catch((fault) => say(fault instanceof Error ? fault.message : String(fault)));
