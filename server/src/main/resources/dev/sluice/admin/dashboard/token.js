/** The admin token: asked for when the API wants it, kept in this tab alone. */

import { announce } from './announce.js';
import { byId, say } from './dom.js';

const KEY = 'sluice.token';

/** What a token can be made of (RFC 6750 §2.1); anything else could not be sent in a field. */
const SYNTAX = /^[A-Za-z0-9._~+/-]+=*$/;

let waiting = null;

/** @returns {?string} the token, or null without one */
export const token = () => sessionStorage.getItem(KEY);

/** True while the API waits for a token. */
export const isLocked = () => waiting !== null;

/**
 * Asks for a token, once for all who wait.
 *
 * @param {?string} refused the one that was not right, or null if none was sent
 * @returns {Promise<void>} settled when there is another one
 */
export function askToken(refused) {
  if (waiting === null && token() !== refused) {
    return Promise.resolve();
  }
  if (waiting === null) {
    waiting = {};
    waiting.promise = new Promise((resolve) => {
      waiting.done = resolve;
    });
    sessionStorage.removeItem(KEY);
    say(byId('token-text'), refused === null
      ? 'It is kept in this tab only, until the tab is closed.'
      : 'That was not the token of this server. It is kept in this tab only, until the tab is closed.');
    byId('unlock').hidden = false;
    open();
  }
  return waiting.promise;
}

function open() {
  const others = document.querySelector('dialog[open]');
  if (others === null) {
    byId('token').showModal();
    byId('token-input').focus();
  }
}

function take(event) {
  const given = byId('token-input').value.trim();
  if (!SYNTAX.test(given)) {
    event.preventDefault();
    say(byId('token-text'), 'A token is made of letters, digits and - . _ ~ + / and may end in =.');
    return;
  }
  byId('token-input').value = '';
  sessionStorage.setItem(KEY, given);
  byId('unlock').hidden = true;
  announce('Token given.');
  const settled = waiting;
  waiting = null;
  settled?.done();
}

/** Wires the dialog. */
export function initToken() {
  byId('token-form').addEventListener('submit', take);
  byId('token-cancel').addEventListener('click', () => byId('token').close());
  byId('unlock').addEventListener('click', open);
}
