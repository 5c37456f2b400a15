import { askFirstLandscape, askLandscape, readCatalog } from "../../base/api.js";
import { asCurl, asPython } from "../../base/reproduce.js";
import { createStore } from "../../base/store.js";
import { onThemeChange } from "../../base/theme.js";
import { linkTo, readFields } from "../../base/url.js";
import { createCodeDialog } from "../../controls/code_dialog.js";
import { wireFrame } from "../../controls/frame.js";
import { part, write } from "../../controls/parts.js";
import { wireRunBanners } from "../../runs/banners.js";
import { createDivergence } from "../../runs/divergence.js";
import { wireStuck } from "../../runs/stuck.js";
import { readSchedule } from "../../runs/past.js";
import { createSession } from "../../runs/session.js";
import { followSharpness } from "../../runs/sharpness.js";
import { isRateOfOthers } from "../../runs/state.js";
import { keepAnswers } from "../../station/answers.js";
import { keepAddress } from "../../station/address.js";
import { startPage, untilAnswered } from "../../station/station.js";
import { createFilm, wireFilm } from "./landscape_film.js";
import { createLandscapeActions, LAST } from "./landscape_actions.js";
import { wirePlane } from "./landscape_plane.js";
import { addressOf, FIELDS, firstState, isMnist, planeRequest } from "./landscape_state.js";
import { showButtons, showNumbers, stepFrom, wireCurves, wireRate, wireSettings } from "./landscape_views.js";
import { pointToDigits } from "./view_links.js";
import { landscapeSentence } from "./landscape_words.js";

/** @typedef {import("./landscape_state.js").LandscapeState} LandscapeState */
/** @typedef {import("./landscape_state.js").LandscapeStore} LandscapeStore */
/** @typedef {import("./landscape_state.js").Preset} Preset */

const FIRST = "mnist-edge"; // the preset where the address names none
const says = part("says", HTMLElement);

/** @param {Preset[]} presets @param {Record<string, any>} asked what the address asks for */
function compose(presets, asked) {
  const named = (/** @type {string|undefined} */ name) => presets.find((preset) => preset.name === name);
  const store = /** @type {LandscapeStore} */ (
    createStore(firstState(asked, named(asked.preset) ?? named(FIRST) ?? presets[0]))
  );
  /** @type {string|null} what is said until the next picture */
  let said = null;
  const session = createSession(/** @type {any} */ (store), {
    name: "mnist",
    history: true,
    tell: (news) => void (said = actions.wordsOf(news)),
  });
  const actions = createLandscapeActions(store, session);
  const film = keepPlanesOf(store, session);
  const views = [
    wireCurves(store),
    wirePlane(store),
    wireFilm(store, film),
    showNumbers,
    wireRate(actions.rateTo),
    wireSettings(store, presets, actions),
    showButtons,
    wireStuck(),
    wireRunBanners(null, createDivergence(store, session, asked.shared !== undefined ? null : actions.goBack)),
  ];
  const show = () => {
    for (const view of views) view(store.get());
    pointToDigits(store.get(), asked.shared ?? null);
    write(says, said ?? landscapeSentence(store.get()));
  };
  followSharpness(store, session, ({ run }) => run !== null);
  store.subscribe((state, before) => {
    if (state.run?.step !== before.run?.step) said = null;
    takeRun(store, before, named);
    if (state.run?.id && isMnist(state.run) && state.run.id !== before.run?.id) session.remember(LAST, state.run.id);
    show();
  });
  onThemeChange(show);
  wireButtons(store, actions, film, asked.shared === undefined);
  wireCode(store, session);
  return { session, actions, store, film };
}

/**
 * Keep the plane around the step that is looked at, and the planes of a film.
 * @param {LandscapeStore} store @param {ReturnType<typeof createSession>} session
 */
function keepPlanesOf(store, session) {
  const film = createFilm(store, ({ body }) =>
    store.get().run
      ? session.reading((signal) => askLandscape(session.address(), body, signal))
      : askFirstLandscape(body),
  );
  keepAnswers(/** @type {any} */ (store), {
    ask: /** @type {any} */ (film.ask),
    key: /** @type {any} */ ("around"),
    requestOf: /** @type {any} */ (planeRequest),
  });
  return film;
}

/**
 * A run that was opened brings its preset and its learning rate; another tab may change that.
 * @param {LandscapeStore} store @param {LandscapeState} before
 * @param {(name: string) => Preset|undefined} named
 */
function takeRun(store, before, named) {
  const { run, rate, configuration } = store.get();
  if (isRateOfOthers(store.get(), before)) return store.set({ eta: run.optimizer.learning_rate });
  if (!run || run.share_id === before.run?.share_id) return;
  const own = { name: "", title: "a run of its own", configuration: run.configuration, told: null };
  // a learning rate that was typed meanwhile is that of the next step
  const eta = rate ?? configuration?.optimizer?.learning_rate ?? run.optimizer.learning_rate;
  store.set({ eta, preset: named(run.preset) ?? own });
}

/**
 * @param {LandscapeStore} store @param {ReturnType<typeof createLandscapeActions>} actions
 * @param {ReturnType<typeof createFilm>} film @param {boolean} own
 */
function wireButtons(store, actions, film, own) {
  const driving = /** @type {[string, () => void][]} */ ([
    ["train", actions.toggle],
    ["step", actions.step],
    ["next-scene", actions.scene],
    ["reset", actions.reset],
  ]);
  document.body.classList.toggle("shared", !own);
  for (const [id, act] of driving) part(id, HTMLButtonElement).addEventListener("click", act);
  const keys = { " ": actions.toggle, e: actions.step, s: actions.scene, r: actions.reset };
  const look = (/** @type {number} */ by) => store.set({ at: stepFrom(store.get(), by) });
  part("newest", HTMLButtonElement).addEventListener("click", () => store.set({ at: null }));
  const looking = {
    ...{ ArrowLeft: () => look(-1), ArrowRight: () => look(1), n: () => store.set({ at: null }) },
    f: film.toggle,
    l: () => store.set({ height: store.get().height === "log" ? "linear" : "log" }),
  };
  wireFrame(own ? { ...keys, ...looking } : looking);
}

/** @param {LandscapeStore} store @param {ReturnType<typeof createSession>} session */
function wireCode(store, session) {
  const show = createCodeDialog();
  const note = "The same seed, samples and learning rates give the same numbers.";
  const made = async () => {
    const { run, configuration, curvatures, samples } = store.get();
    const steps = curvatures.slice(-5).map(({ step }) => step);
    return {
      run: run ?? { configuration },
      schedule: run ? await readSchedule(session.address()) : [],
      steps,
      samples,
    };
  };
  const link = () => {
    const { run } = store.get();
    if (!run) return location.href;
    const query = new URLSearchParams(location.search);
    for (const name of ["run", "shared"]) query.delete(name);
    return `${linkTo("shared", run.share_id)}&${query}`;
  };
  const kinds = /** @type {Record<string, () => void|Promise<void>>} */ ({
    async curl() {
      const { run, schedule, steps, samples } = await made();
      const more = `\ncurl -sS "$API/runs/$RUN/curvatures?steps=${steps.join() || 0}&samples=${samples}"`;
      show("The same run with curl", `Paste it into a shell. ${note}`, asCurl(run, schedule, location.origin) + more);
    },
    async python() {
      const { run, schedule, steps, samples } = await made();
      const query = `steps=${steps.join() || 0}&samples=${samples}`;
      const more = `\nprint(api.get(f"/runs/{run['id']}/curvatures?${query}").json())`;
      show("The same run in Python", `Needs httpx. ${note}`, asPython(run, schedule, location.origin) + more);
    },
    link: () => show("A link to this picture", "Whoever opens this may watch, not train.", link()),
  });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-code]")))
    button.addEventListener("click", () => {
      void Promise.resolve(kinds[button.dataset.code ?? ""]?.()).catch((fault) => write(says, fault.message));
    });
}

/**
 * The run that the address asks for, else the last one of this browser, else none yet.
 * @param {ReturnType<typeof compose>} page @param {Record<string, any>} asked
 */
async function open({ session, actions, store, film }, asked) {
  const last = asked.preset ? null : session.recall(LAST);
  const run = asked.run ?? (asked.shared ? undefined : last);
  if (!run && !asked.shared) return actions.begin();
  const isThere = await session.open({ run, shared: asked.shared }).then(
    () => true,
    () => false,
  );
  if (isThere) {
    const { run } = store.get();
    if (asked.film > 0 && asked.film <= run.step && !run.diverged) void film.begin(asked.film, asked.at ?? 0, false);
    return;
  }
  if (!asked.run && !asked.shared) return actions.begin();
  store.set({ connection: "gone" });
}

startPage(async () => {
  const catalog = await untilAnswered(readCatalog);
  const asked = readFields(FIELDS);
  const page = compose(catalog.presets, asked);
  addEventListener("popstate", () => location.reload());
  keepAddress(page.store, addressOf);
  await open(page, asked);
});
