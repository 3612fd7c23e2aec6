/** Which server this is, and how it is. */

import { announce } from './announce.js';
import { byId, mark, say } from './dom.js';
import { span } from './format.js';

const WORDS = {
  connecting: 'connecting',
  ready: 'ready',
  draining: 'not ready: starting or draining',
  disconnected: 'disconnected',
  locked: 'waiting for the token',
};

/**
 * Shows the server's state, and says it where it changed.
 *
 * @param {'connecting'|'ready'|'draining'|'disconnected'|'locked'} state
 * @param {string=} why for one that is not well
 */
export function showState(state, why = '') {
  const before = byId('state').dataset.state;
  mark(byId('state'), 'data-state', state);
  say(byId('state-word'), WORDS[state]);
  const notice = byId('notice');
  notice.hidden = state !== 'disconnected';
  say(notice, state === 'disconnected' ? `No answer: ${why}. The figures below are the last ones; trying again.` : '');
  if (before !== state && !(before === 'connecting' && state === 'ready')) {
    announce(`The server is ${WORDS[state]}.`);
  }
}

/** Shows what is told of the server itself. */
export function showServer({ version, pid, startedAt, uptimeSeconds }) {
  say(byId('version'), version);
  say(byId('pid'), pid);
  say(byId('uptime'), span(uptimeSeconds));
  mark(byId('uptime'), 'title', `since ${new Date(startedAt).toLocaleString()}`);
  const title = `Sluice ${version}: live`;
  if (document.title !== title) {
    document.title = title;
  }
}
