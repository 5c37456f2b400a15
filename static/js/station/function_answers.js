import { askFunction } from "../base/api.js";
import { keepAnswers } from "./answers.js";

/**
 * Keep what the server answers about a function beside what it was asked.
 * @template {{problem: import("../base/api.js").Problem|null, connection: "live"|"lost"}} S
 * @param {{get: () => S, set: (change: any) => void, subscribe: (listener: (state: S, before: S) => void) => void}}
 *   store
 * @param {{call: string, key: keyof S & string, requestOf: (state: S) => Record<string, any>|null, instead?:
 *   Partial<S>}} question
 *   `instead`: settings that are asked about where the first question is refused, for a page that would else be empty
 */
export const keepAnswered = (store, { call, ...question }) =>
  keepAnswers(store, { ask: (request) => askFunction(call, request), ...question });
