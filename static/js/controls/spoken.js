const REST = 1000; // milliseconds without a change after which a sentence is spoken

/**
 * Let a screen reader speak a sentence of the page once it has come to rest: a drag, twenty keys or an animation
 * make one announcement.
 * @param {HTMLElement} sentence what is seen, and may change in every frame @param {HTMLElement} spoken a live
 *   region that is not seen
 */
export function speakAtRest(sentence, spoken) {
  let timer = 0;
  const speak = () => {
    if (spoken.textContent !== sentence.textContent) spoken.textContent = sentence.textContent;
  };
  new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(speak, REST);
  }).observe(sentence, { childList: true, characterData: true, subtree: true });
}
