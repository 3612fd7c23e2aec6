/** The map of the hot set: what fills each region. */

import { byId, h, keyed, mark, say } from './dom.js';
import { brief, bytes, some } from './format.js';

/** A server with more memory than this many regions has its first ones shown. */
const MOST_SHOWN = 128;

/** Files that take less of a region than this are shown together. */
const SMALLEST_PART = 0.008;

/** Wide enough that a name in it says something. */
const NAMED_PART = 0.16;

/**
 * Shows the map.
 *
 * @param {Object} cache as /api/cache has it
 * @param {function(number): void} choose called with the number of a region whose files are to be shown
 */
export function showRegions(cache, choose) {
  const size = cache.regionBytes;
  const hottest = Math.max(1, ...cache.regions.map((region) => region.heat));
  const files = new Map(cache.regions.map((region) => [region.number, []]));
  cache.entries.forEach((entry) => files.get(entry.region)?.push(entry));
  keyed(byId('regions'), cache.regions.slice(0, MOST_SHOWN), (region) => String(region.number),
    (region) => card(region, choose),
    (element, region) => update(element, region, { size, hottest, files: files.get(region.number) }));
  summarise(cache, size);
}

function summarise(cache, size) {
  const more = size > 0 ? Math.max(0, Math.round(cache.capacityBytes / size) - cache.regions.length) : 0;
  const parts = [
    `${some(cache.files, 'file')} in ${some(cache.regions.length, 'region')} of ${bytes(size)}`,
    `${bytes(cache.liveBytes)} live, ${bytes(cache.wastedBytes)} wasted, of ${bytes(cache.capacityBytes)}`,
  ];
  if (more > 0) {
    parts.push(`${some(more, 'more region')} can be made`);
  }
  if (cache.regions.length > MOST_SHOWN) {
    parts.push(`the first ${MOST_SHOWN} are shown`);
  }
  if (cache.warmStart?.found > 0) {
    parts.push(`${some(cache.warmStart.claimed, 'body', 'bodies')} of ${cache.warmStart.found} kept from before the start`);
  }
  say(byId('hot-summary'), `${parts.join('; ')}.`);
}

function card(region, choose) {
  const { number } = region;
  return h('li', { class: 'region', 'data-region': number },
    h('div', { class: 'region-head' }, h('h3', {}, `Region ${number}`), h('span', { class: 'region-state' })),
    h('div', { class: 'map', 'aria-hidden': 'true' }),
    h('div', { class: 'heat', 'aria-hidden': 'true' }, h('span', {})),
    h('p', { class: 'region-fill' }),
    h('p', { class: 'region-use' }),
    h('button', { type: 'button', class: 'small', onclick: () => choose(number) }, 'Show its files',
      h('span', { class: 'hidden' }, ` (region ${number})`)));
}

function update(element, region, { size, hottest, files }) {
  const part = (selector) => element.querySelector(selector);
  mark(element, 'data-state', region.state);
  say(part('.region-state'), region.state);
  const wasted = region.bytes - region.liveBytes;
  const free = Math.max(0, size - region.bytes);
  say(part('.region-fill'), `${bytes(region.liveBytes)} live, ${bytes(wasted)} wasted, ${bytes(free)} free`);
  const emptied = region.generation > 0 ? `, emptied ${some(region.generation, 'time')}` : '';
  say(part('.region-use'),
    `${some(region.entries, 'body', 'bodies')}, heat ${brief(region.heat)}, ${some(region.leases, 'lease')}${emptied}`);
  // Heats differ by orders of magnitude.
  part('.heat span').style.width = `${(100 * Math.log1p(region.heat)) / Math.log1p(hottest)}%`;
  const parts = segments(region, files, size);
  const drawn = JSON.stringify(parts);
  const map = part('.map');
  if (map.dataset.drawn !== drawn) {
    map.dataset.drawn = drawn;
    map.replaceChildren(...parts.map(segment));
  }
}

function segments(region, files, size) {
  const named = files.filter((file) => file.bytes / size >= SMALLEST_PART).sort((a, b) => b.bytes - a.bytes)
    .map((file) => ({ kind: 'file', of: file.bytes / size, words: `${file.path}: ${bytes(file.bytes)}`, name: lastName(file.path) }));
  const sum = named.reduce((all, file) => all + file.of, 0);
  const live = Math.max(0, region.liveBytes / size - sum);
  const wasted = Math.max(0, region.bytes - region.liveBytes) / size;
  return [
    ...named,
    { kind: 'live', of: live, words: 'smaller files and coded forms, live' },
    { kind: 'wasted', of: wasted, words: 'wasted: replaced or purged, until the region is emptied' },
  ].filter((one) => one.of > 0);
}

const lastName = (path) => path.slice(path.lastIndexOf('/') + 1) || path;

function segment({ kind, of, words, name }) {
  const element = h('span', { class: `seg seg-${kind}`, title: words });
  element.style.width = `${Math.min(100, 100 * of)}%`;
  if (name !== undefined && of >= NAMED_PART) {
    say(element, name);
  }
  return element;
}
