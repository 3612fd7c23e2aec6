/** How a request would be answered, and why. */

import { read } from './api.js';
import { byId, h, say } from './dom.js';
import { meaning, phrase } from './names.js';
import { because } from './reasons.js';
import { swatch } from './table.js';

/** What the API calls no site at all, a site without hosts, and one of many hosts: none of them can be asked for. */
const NO_HOST = /^-$|^default$|\*/;

let latest = 0;

/**
 * Fills in the form, and asks.
 *
 * @param {string} path
 * @param {string} method
 * @param {string=} site whose host is asked, unless it has none
 */
export function explain(path, method = 'GET', site = '-') {
  byId('explain-path').value = path;
  byId('explain-method').value = method;
  byId('explain-headers').value = NO_HOST.test(site) ? '' : `Host: ${site}`;
  byId('explain-submit').focus();
  byId('explain').scrollIntoView({ block: 'start' });
  ask();
}

async function ask() {
  const form = new FormData(byId('explain-form'));
  const lines = form.get('headers').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const params = [['path', form.get('path')], ['method', form.get('method')], ...lines.map((line) => ['header', line])];
  latest += 1;
  const mine = latest;
  try {
    const answer = await read('api/explain', { params });
    if (mine === latest) {
      show(answer);
    }
  } catch (problem) {
    if (mine === latest) {
      const line = h('p', { class: 'bad' });
      say(line, `No explanation: ${problem.message}`);
      byId('explain-result').replaceChildren(line);
    }
  }
}

function show(answer) {
  const headline = h('p', { class: 'lead', id: 'explain-lead', 'data-status': answer.status, 'data-iopath': answer.planned },
    h('strong', {}), ' by ', swatch(answer.planned), ' ', h('strong', {}), h('span', {}));
  const [status, path, rest] = [headline.children[0], headline.children[2], headline.children[3]];
  say(status, `${answer.status} ${phrase(answer.status)}`.trim());
  say(path, answer.planned);
  say(rest, ` (${meaning(answer.planned)}), because ${because(answer.reason)}.`);
  byId('explain-result').replaceChildren(
    headline,
    h('h3', {}, 'What leads there'),
    h('ol', { id: 'explain-trace', class: 'trace' }, ...answer.trace.map(({ step, finding }) => pair('li', step, finding))),
    h('h3', {}, 'Header fields'),
    h('dl', { id: 'explain-fields', class: 'fields' },
      ...Object.entries(answer.headers).map(([name, value]) => field(name, value))));
}

function pair(name, step, finding) {
  const element = h(name, {}, h('span', { class: 'step' }), ' ', h('span', { class: 'finding' }));
  say(element.firstChild, step);
  say(element.lastChild, finding);
  return element;
}

function field(name, value) {
  const element = h('div', {}, h('dt', {}), h('dd', {}));
  say(element.firstChild, name);
  say(element.lastChild, value);
  return element;
}

/** Wires the form. */
export function initExplain() {
  byId('explain-form').addEventListener('submit', (event) => {
    event.preventDefault();
    ask();
  });
}
