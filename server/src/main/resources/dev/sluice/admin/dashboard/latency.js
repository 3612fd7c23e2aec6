/** How long answers took: percentiles out of cumulative buckets, and a small histogram. */

import { byId, h, say } from './dom.js';
import { count, micros, NOTHING } from './format.js';
import { fill } from './table.js';

const RECENT_MILLIS = 30_000;

/**
 * @typedef {Array<{upToMicros: ?number, count: number}>} Buckets cumulative, the last one without a bound
 */

/** What came to buckets between two readings; those of the second, if there is no first. */
export function between(older, newer) {
  return newer.map(({ upToMicros, count: n }) => ({ upToMicros, count: Math.max(0, n - reached(older, upToMicros)) }));
}

function reached(buckets, bound) {
  let n = 0;
  for (const bucket of buckets ?? []) {
    if (bound !== null && (bucket.upToMicros === null || bucket.upToMicros > bound)) {
      break;
    }
    n = bucket.count;
  }
  return n;
}

/**
 * Estimates a percentile, as if the answers were spread evenly within their bucket.
 *
 * @param {Buckets} buckets
 * @param {number} part 0..1
 * @returns {number} microseconds; NaN if there was no answer
 */
export function percentile(buckets, part) {
  const all = buckets.at(-1).count;
  if (all === 0) {
    return NaN;
  }
  let [lower, below] = [0, 0];
  for (const { upToMicros, count: n } of buckets) {
    if (n >= part * all) {
      return upToMicros === null ? lower : lower + ((upToMicros - lower) * (part * all - below)) / Math.max(1, n - below);
    }
    [lower, below] = [upToMicros ?? lower, n];
  }
  return lower;
}

/** The buckets of the last half minute. */
export function recent(stats, rates) {
  return between(rates.reading(RECENT_MILLIS)?.latency.buckets, stats.latency.buckets);
}

const ROWS = [['half within', 'p50', 0.5], ['90 % within', 'p90', 0.9], ['99 % within', 'p99', 0.99], ['slowest', 'max', 1]];

/** Shows the table and the histogram. */
export function showLatency(stats, rates) {
  const buckets = recent(stats, rates);
  fill(byId('latency'), ROWS.map(([words, name, part]) => ({
    key: name,
    first: { text: words },
    cells: [
      name === 'max' ? NOTHING : micros(percentile(buckets, part)),
      stats.requests.total === 0 ? NOTHING : micros(stats.latencyMicros[name]),
    ],
  })));
  showBars(buckets.at(-1).count === 0 ? stats.latency.buckets : buckets);
}

function showBars(buckets) {
  const box = byId('latency-bars');
  const all = buckets.at(-1).count;
  box.hidden = all === 0;
  if (box.hidden) {
    return;
  }
  const bars = buckets.map((bucket, i) => ({
    from: buckets[i - 1]?.upToMicros ?? 0,
    to: bucket.upToMicros,
    n: bucket.count - (buckets[i - 1]?.count ?? 0),
  }));
  const first = Math.max(0, bars.findIndex((bar) => bar.n > 0) - 1);
  const shown = bars.slice(first, bars.findLastIndex((bar) => bar.n > 0) + 2);
  const most = Math.max(...shown.map((bar) => bar.n));
  const words = shown.filter((bar) => bar.n > 0).map(told).join('; ');
  box.setAttribute('aria-label', `How long answers took: ${words}`);
  const spans = shown.map((bar) => {
    const span = h('span', { title: told(bar) });
    span.style.height = `${bar.n === 0 ? 0 : Math.max(3, (100 * bar.n) / most)}%`;
    return h('span', { class: 'bar' }, span);
  });
  const last = shown.at(-1);
  const ends = h('span', { class: 'ends' }, h('span', {}), h('span', {}));
  say(ends.firstChild, micros(shown[0].from));
  say(ends.lastChild, last.to === null ? `over ${micros(last.from)}` : micros(last.to));
  box.replaceChildren(h('span', { class: 'plot' }, ...spans), ends);
}

const told = ({ from, to, n }) =>
  `${count(n)} ${to === null ? `in more than ${micros(from)}` : `in ${micros(from)} to ${micros(to)}`}`;
