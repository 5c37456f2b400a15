/**
 * What every station remembers beside its own settings.
 * `example` is the lecture's function shown, null once something of it was changed; `numbers` says whether formulas are
 * filled in, `precise` whether computed numbers have more digits;
 * `problem` is what the server refused last, until it accepts.
 * @typedef {{example: string|null, numbers: boolean, precise: boolean, problem: import("../base/api.js").Problem|null,
 *   connection: "live"|"lost"}} StationState
 */

const DIGITS = { short: 4, long: 10 };

/** How many digits computed numbers have. @param {{precise: boolean}} state */
export const digitsOf = ({ precise }) => (precise ? DIGITS.long : DIGITS.short);

/** The fields of the address that every station has. */
export const SHARED_FIELDS = /** @type {const} */ ({ example: "text", numbers: "flag", precise: "flag" });

/** What every station writes into the address. @param {StationState} state */
export const sharedFields = ({ example, numbers, precise }) => ({
  example,
  numbers: numbers || null,
  precise: precise || null,
});

/** What every station begins with. */
export const FIRST_STATE = { numbers: false, precise: false, problem: null, connection: /** @type {const} */ ("live") };
