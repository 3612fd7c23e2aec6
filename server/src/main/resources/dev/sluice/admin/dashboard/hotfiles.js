/** The files that the hot set holds, the most used first. */

import { byId, h, keyed, say } from './dom.js';
import { brief, bytes, count, some, span } from './format.js';

let latest = null;

/**
 * Shows the list.
 *
 * @param {Object} cache as /api/cache has it
 * @param {{purge: function(Object): void, explain: function(Object): void}} actions what can be done with an entry
 */
export function showHotFiles(cache, actions) {
  latest = { cache, actions };
  offerRegions(cache.regions);
  const wanted = byId('hot-region').value;
  const entries = cache.entries.filter((entry) => wanted === '' || String(entry.region) === wanted);
  keyed(byId('hot-files').tBodies[0], entries, (entry) => `${entry.site ?? ''} ${entry.path}`,
    (entry) => create(entry, actions), update);
  say(byId('hot-note'), note(cache, entries.length, wanted));
}

function note(cache, shown, wanted) {
  if (cache.files === 0) {
    return 'Nothing is hot yet: a small file comes in when it is first asked for.';
  }
  const among = cache.entries.length < cache.files ? `the ${count(cache.entries.length)} most used of ${some(cache.files, 'file')}` : some(cache.files, 'file');
  return wanted === '' ? `Shown: ${among}.` : `Shown: ${count(shown)} in region ${wanted}, among ${among}.`;
}

function offerRegions(regions) {
  const select = byId('hot-region');
  if (select.options.length !== regions.length + 1) {
    const chosen = select.value;
    const options = regions.map(({ number }) => h('option', { value: number }, String(number)));
    select.replaceChildren(h('option', { value: '' }, 'all'), ...options);
    select.value = chosen;
  }
}

function create(entry, actions) {
  const act = (word, action) => h('button', { type: 'button', class: 'small', onclick: () => action(entry) }, word,
    h('span', { class: 'hidden' }, ` ${entry.path}`));
  return h('tr', { 'data-path': entry.path },
    h('th', { scope: 'row' }, h('code', { class: 'name' }, entry.path), h('span', { class: 'note' })),
    h('td', { class: 'n' }), h('td', {}), h('td', { class: 'n' }), h('td', { class: 'n' }), h('td', { class: 'n' }),
    h('td', { class: 'n acts' }, act('Explain', actions.explain), ' ', act('Purge…', actions.purge)));
}

function update(row, entry) {
  const [head, size, coded, uses, region, age] = row.children;
  say(head.lastChild, entry.site ?? '');
  say(size, bytes(entry.bytes));
  say(coded, Object.entries(entry.coded).map(([coding, n]) => `${coding} ${bytes(n)}`).join(', ') || '–');
  say(uses, brief(entry.uses));
  say(region, entry.region);
  say(age, entry.ageMillis < 1_000 ? 'now' : `${span(entry.ageMillis / 1_000)} ago`);
}

/** Shows the files of one region, and goes there. */
export function showRegionFiles(number) {
  byId('hot-region').value = String(number);
  again();
  byId('hot-region').focus();
}

function again() {
  if (latest !== null) {
    showHotFiles(latest.cache, latest.actions);
  }
}

/** Wires the choice of a region. */
export function initHotFiles() {
  byId('hot-region').addEventListener('change', again);
}
