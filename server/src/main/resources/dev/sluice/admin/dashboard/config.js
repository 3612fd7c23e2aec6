/** The configuration in force, as the server tells it: secrets are masked there. */

import { read } from './api.js';
import { byId, say } from './dom.js';

/** Wires what unfolds it. */
export function initConfig() {
  const details = byId('config');
  details.addEventListener('toggle', async () => {
    if (!details.open) {
      return;
    }
    try {
      say(byId('config-text'), JSON.stringify(await read('api/config'), null, 2));
    } catch (problem) {
      say(byId('config-text'), problem.message);
    }
  });
}
