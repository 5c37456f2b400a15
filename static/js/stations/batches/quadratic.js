import { readCatalog } from "../../base/api.js";
import { patiently } from "../../base/patience.js";
import { asCurl, asPython } from "../../base/reproduce.js";
import { createStore } from "../../base/store.js";
import { onThemeChange } from "../../base/theme.js";
import { landscapeOf, linkTo, readFields } from "../../base/url.js";
import { createCodeDialog } from "../../controls/code_dialog.js";
import { wireFrame } from "../../controls/frame.js";
import { part, write } from "../../controls/parts.js";
import { wireRunBanners } from "../../runs/banners.js";
import { createDivergence } from "../../runs/divergence.js";
import { wireStuck } from "../../runs/stuck.js";
import { readSchedule } from "../../runs/past.js";
import { createSession } from "../../runs/session.js";
import { isRateOfOthers } from "../../runs/state.js";
import { watchSpeed } from "../../runs/speed.js";
import { keepAddress } from "../../station/address.js";
import { carryToView } from "../../station/carried.js";
import { startPage } from "../../station/station.js";
import { createLabActions } from "./lab_actions.js";
import { createLabBranch } from "./lab_branch.js";
import { wireKnobs, wireSettings } from "./lab_settings.js";
import { createLabSharpness } from "./lab_sharpness.js";
import { addressOf, FIELDS, firstState, settingsOf, stepShown } from "./lab_state.js";
import { showButtons, showClaim, showFacts } from "./lab_views.js";
import { labSentence } from "./lab_words.js";
import { createLossHistory } from "./loss_history.js";
import { createPlaneMaps } from "./plane_maps.js";
import { keepPlane } from "./plane_reader.js";
import { createPointTable } from "./point_table.js";

/** @typedef {import("./lab_state.js").LabState} LabState */
/** @typedef {import("./lab_state.js").LabStore} LabStore */
/** @typedef {ReturnType<typeof createLabActions>} Actions */
/** @typedef {ReturnType<typeof createLabBranch>} Branch */

const PRESET = "lab-quadratic";
const says = part("says", HTMLElement);

/** @param {any} catalog */
function compose(catalog) {
  const preset = catalog.presets.find((/** @type {any} */ one) => one.name === PRESET);
  const { dataset } = preset.configuration.data;
  const { samples, target_names: names } = catalog.datasets.find((/** @type {any} */ one) => one.name === dataset);
  const usual = settingsOf(preset.configuration, samples);
  const asked = readFields(FIELDS);
  const store = /** @type {LabStore} */ (createStore(firstState(asked, usual, { told: preset.told, names })));
  /** @type {string|null} what is said until the next picture */
  let said = null;
  const session = createSession(/** @type {any} */ (store), {
    name: "batches",
    history: true,
    tell(news) {
      said = actions.wordsOf(news);
      if (news.kind === "stored") store.set({ plane: store.get().plane });
    },
  });
  const actions = createLabActions(store, session, preset);
  const branch = createLabBranch(store, session, (sentence) => {
    said = sentence;
    show();
  });
  const views = [
    ...createViews(store, actions, branch, {
      most: { units: catalog.limits.layer_width, rows: samples },
      divergence: createDivergence(store, session, asked.shared === undefined ? actions.goBack : null),
    }),
    createLabSharpness(store, session, branch),
  ];
  const show = () => {
    for (const view of views) view(store.get());
    write(says, said ?? labSentence(store.get()));
  };
  store.subscribe(({ run }) => void (part("around", HTMLAnchorElement).href = landscapeOf(run, asked.shared)));
  store.subscribe((state, before) => {
    if (state.plane !== before.plane && state.plane && state.connection === "live") said = null;
    takeSettings(store, samples, before);
    show();
  });
  onThemeChange(show);
  watchSpeed(/** @type {any} */ (store));
  keepPlane(store, session);
  wireButtons(store, actions, branch, asked.shared === undefined);
  wireCode(store, session);
  keepAddress(store, (state) => addressOf(state, usual));
  carryToView("#views a", () => addressOf(store.get(), usual));
  return { session, actions, branch, asked };
}

/**
 * Everything that shows the state, in this order.
 * @param {LabStore} store
 * @param {Actions} actions
 * @param {Branch} branch
 * @param {{most: {units: number, rows: number}, divergence: ReturnType<typeof createDivergence>}} known
 */
function createViews(store, actions, branch, { most, divergence }) {
  const { names } = store.get();
  return [
    createPlaneMaps(part("maps", HTMLElement), { names, onPoint: (at) => store.set({ at }) }),
    createLossHistory(part("history", HTMLElement), part("time", HTMLInputElement), {
      stepNow: () => stepShown(store.get()),
      onStep: (k) => store.set({ k }),
      beside: branch.beside,
    }),
    createPointTable(part("answers", HTMLTableElement), names.length),
    wireKnobs(store),
    wireSettings(store, actions, most),
    wireRunBanners(actions.prepare, divergence),
    wireStuck(),
    (/** @type {LabState} */ state) => showFacts(state, branch.beside()),
    showButtons,
    showClaim,
  ];
}

/**
 * What a run was made with stands in the fields, and the learning rate that another tab gave it.
 * @param {LabStore} store
 * @param {number} samples
 * @param {LabState} before
 */
function takeSettings(store, samples, before) {
  const { run, rate, configuration } = store.get();
  if (isRateOfOthers(store.get(), before)) return store.set({ eta: run.optimizer.learning_rate });
  if (!run || run.share_id === before.run?.share_id) return;
  // a learning rate that was typed meanwhile is that of the next step
  const eta = rate ?? configuration?.optimizer.learning_rate ?? run.optimizer.learning_rate;
  store.set({ ...settingsOf(run.configuration, samples), eta });
}

/** @param {LabStore} store @param {Actions} actions @param {Branch} branch @param {boolean} own */
function wireButtons(store, actions, branch, own) {
  const flip = (/** @type {"levels"|"precise"|"sharpness"} */ name) => () => store.set({ [name]: !store.get()[name] });
  const newest = () => store.set({ k: null });
  const buttons = /** @type {[string, () => void][]} */ ([
    ["newest", newest],
    ["levels", flip("levels")],
    ["precise", flip("precise")],
    ["sharpness-view", flip("sharpness")],
  ]);
  const driving = /** @type {[string, () => void][]} */ ([
    ["train", actions.toggle],
    ["step", actions.step],
    ["hundred", actions.hundred],
    ["goal", actions.toGoal],
    ["reset", actions.reset],
    ["branch", branch.toggle],
  ]);
  document.body.classList.toggle("shared", !own);
  for (const [id, act] of own ? [...buttons, ...driving] : buttons)
    part(id, HTMLButtonElement).addEventListener("click", act);
  if (!own) for (const [id] of driving) part(id, HTMLButtonElement).hidden = true;
  const keys = own
    ? {
        " ": actions.toggle,
        s: actions.step,
        h: actions.hundred,
        e: actions.toGoal,
        r: actions.reset,
        b: branch.toggle,
      }
    : {};
  wireFrame({ l: flip("levels"), d: flip("precise"), v: flip("sharpness"), End: newest, ...keys });
}

/** @param {LabStore} store @param {ReturnType<typeof createSession>} session */
function wireCode(store, session) {
  const show = createCodeDialog();
  const note = "The same seed, samples and learning rates give the same numbers.";
  const fail = (/** @type {Error} */ fault) => write(says, fault.message);
  const made = async () => {
    const { run, configuration } = store.get();
    return { run: run ?? { configuration }, schedule: run ? await readSchedule(session.address()) : [] };
  };
  const link = () => {
    const { run } = store.get();
    const query = new URLSearchParams(location.search);
    query.delete("run");
    query.delete("branch");
    if (!run) return location.href;
    query.delete("shared");
    return `${linkTo("shared", run.share_id)}&${query}`;
  };
  const kinds = /** @type {Record<string, () => void|Promise<void>>} */ ({
    async curl() {
      const { run, schedule } = await made();
      show("The same run with curl", `Paste it into a shell. ${note}`, asCurl(run, schedule, location.origin));
    },
    async python() {
      const { run, schedule } = await made();
      show("The same run in Python", `Needs httpx. ${note}`, asPython(run, schedule, location.origin));
    },
    link: () => show("A link to this picture", "Whoever opens this may watch, not train.", link()),
  });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-code]")))
    button.addEventListener("click", () => void Promise.resolve(kinds[button.dataset.code ?? ""]?.()).catch(fail));
}

startPage(async () => {
  const catalog = await patiently(readCatalog, () => write(says, "The server does not answer; trying again…"));
  const { session, actions, branch, asked } = compose(catalog);
  addEventListener("popstate", () => location.reload());
  if (!asked.run && !asked.shared) return actions.begin();
  await session.open({ run: asked.run, shared: asked.shared }).catch(() => {});
  if (asked.branch) await branch.open(asked.branch);
});
