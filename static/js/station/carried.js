/** Links that take along what is set here, so that own work is found again on the other side. */

/**
 * @typedef {Record<string, string|number|boolean|string[]|null|undefined>} Carried fields of the other page's address
 */

/**
 * Let links lead to their page with these fields; where there is nothing to carry, as they are.
 * @param {string} selector of the links @param {(link: HTMLAnchorElement) => Carried|null} fieldsFor
 */
export function carry(selector, fieldsFor) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(selector))) {
    const plain = link.getAttribute("href") ?? "";
    let isCarrying = false;
    const point = () => {
      const fields = fieldsFor(link);
      if (!fields && !isCarrying) return; // where it leads by itself, as back to a place that was left
      link.setAttribute("href", fields ? withFields(plain, fields) : plain);
      isCarrying = fields !== null;
    };
    for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, point, { capture: true });
  }
}

/**
 * Let links to the other view of a station keep all that is set in this one: it goes with them, and comes back.
 * @param {string} selector of the links, each with its `data-view` @param {() => Carried} fieldsNow
 */
export function carryToView(selector, fieldsNow) {
  carry(selector, (link) => ({
    ...Object.fromEntries(new URLSearchParams(location.search)),
    ...fieldsNow(),
    slide: null,
    view: link.dataset.view || null,
  }));
}

/** @param {string} address @param {Carried} fields */
function withFields(address, fields) {
  const [path, search] = address.split("?");
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(fields)) {
    query.delete(name);
    for (const each of [value ?? []].flat())
      query.append(name, String(typeof each === "boolean" ? Number(each) : each));
  }
  return `${path || location.pathname}${query.size ? `?${query}` : ""}`;
}
