/** What changes something: purging, and reading the configuration again. Each is confirmed first. */

import { read } from './api.js';
import { byId, h, say } from './dom.js';
import { some } from './format.js';

/**
 * Asks the user.
 *
 * @returns {Promise<boolean>} true for yes
 */
function confirmed(title, text, yes) {
  const dialog = byId('confirm');
  say(byId('confirm-title'), title);
  say(byId('confirm-text'), text);
  say(byId('confirm-yes'), yes);
  dialog.returnValue = '';
  dialog.showModal();
  byId('confirm-no').focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

/**
 * Purges a path after asking.
 *
 * @param {string} path one, a prefix with a star behind it, or {@code /*}
 */
export async function purge(path) {
  const what = path === '/*' ? 'everything' : path.endsWith('*') ? `all below ${path.slice(0, -1)}` : path;
  const text = `The hot set lets go of ${what}, coded forms included. Files are not touched: what is asked for again is read again.`;
  if (await confirmed(`Purge ${what}?`, text, 'Purge')) {
    await tell('purge', async () => {
      const { purged } = await read('api/cache/purge', { method: 'POST', params: [['path', path]] });
      return [`Purged ${what}: ${some(purged, 'file')} let go.`];
    });
  }
}

async function reload() {
  const text = 'The configuration file is read again. If all in it is well, it takes effect at once; else nothing changes.';
  if (await confirmed('Reload the configuration?', text, 'Reload')) {
    await tell('reload', async () => reloaded(await read('api/config/reload', { method: 'POST' })));
  }
}

function reloaded({ generation, changed = [] }) {
  const list = Array.isArray(changed) ? changed : [changed];
  const what = list.length === 0 ? 'Nothing in it had changed.' : 'Changed:';
  return [`Reloaded: this is generation ${generation} of the configuration. ${what}`, ...list];
}

/** Does it, and says what came of it: a sentence, and a list where there is one. */
async function tell(action, task) {
  const box = byId('outcome');
  box.replaceChildren(h('p', {}, 'Working…'));
  try {
    show(box, action, 'done', await task());
  } catch (problem) {
    const { problems = [], needsRestart = [] } = problem.body ?? {};
    const restart = needsRestart.length > 0 ? ' The server has to be started again for:' : '';
    const detail = problem.message.replace(/\.$/, '');
    const untold = problems.filter((line) => !detail.includes(line));
    show(box, action, 'failed', [`Not done: ${detail}.${restart}`, ...untold, ...needsRestart]);
  }
  box.scrollIntoView({ block: 'nearest' });
}

function show(box, action, result, [sentence, ...list]) {
  box.dataset.action = action;
  box.dataset.result = result;
  const line = h('p', { class: result === 'done' ? 'good' : 'bad' });
  say(line, sentence);
  const items = list.map((one) => {
    const item = h('li', {});
    say(item, one);
    return item;
  });
  box.replaceChildren(line, ...(items.length > 0 ? [h('ul', {}, ...items)] : []));
}

/** The path that the form stands for. */
function wanted(form) {
  const data = new FormData(form);
  const path = data.get('path')?.trim() ?? '';
  switch (data.get('scope')) {
    case 'all':
      return '/*';
    case 'prefix':
      return path.endsWith('*') ? path : `${path}*`;
    default:
      return path;
  }
}

/** Wires the buttons. */
export function initActions() {
  const form = byId('purge-form');
  const path = byId('purge-path');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    purge(wanted(form));
  });
  form.addEventListener('change', () => {
    const scope = new FormData(form).get('scope');
    path.disabled = scope === 'all';
    path.placeholder = scope === 'all' ? '' : scope === 'prefix' ? '/assets/' : '/index.html';
    path.title = `a path such as ${path.placeholder || '/index.html'}`;
    say(byId('purge-path-label').firstChild, scope === 'prefix' ? 'Prefix ' : 'Path ');
  });
  byId('reload').addEventListener('click', reload);
  byId('confirm-yes').addEventListener('click', () => byId('confirm').close('yes'));
  byId('confirm-no').addEventListener('click', () => byId('confirm').close(''));
}
