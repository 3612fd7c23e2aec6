/** What a screen reader is told: rare changes only, never figures. */

import { byId, say } from './dom.js';

/** @param {string} words said politely, once */
export function announce(words) {
  say(byId('announce'), words);
}
