/** What this browser has answered, and where it wants no more questions. */

const KEY = "downhill.questions";

/**
 * @typedef {{answered: Record<string, string>, closed: string[]}} Known the verdict of each question by its name, and
 *   the pages, as "derivative/downhill", that ask no more by themselves
 */

/** @returns {Known} */
export function recallQuestions() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const isSound = found?.answered && typeof found.answered === "object" && Array.isArray(found.closed);
    return isSound ? found : { answered: {}, closed: [] };
  } catch {
    return { answered: {}, closed: [] }; // storage may be forbidden, or hold something else
  }
}

/** @param {Known} known */
export function rememberQuestions(known) {
  try {
    localStorage.setItem(KEY, JSON.stringify(known));
  } catch {
    // without storage each visit begins afresh
  }
}

const ASKING = "downhill.asking";

/** The page of this tab that asks just now; empty where none does. @param {string} place */
export function keepAsking(place) {
  try {
    sessionStorage.setItem(ASKING, place);
  } catch {
    // without storage a reload does not ask again
  }
}

/** Whether a page of this tab asked when it was left. @param {string} place */
export function wasAsking(place) {
  try {
    return sessionStorage.getItem(ASKING) === place;
  } catch {
    return false;
  }
}
