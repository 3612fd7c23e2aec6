/** What happened between readings of /api/stats, which count from the start of the server. */

import { PATHS } from './names.js';

/** How much the chart shows. */
export const WINDOW_MILLIS = 240_000;

/** Readings further apart than this have a gap between them: nobody looked, or the server was away. */
export const GAP_MILLIS = 4_500;

/**
 * @typedef {Object} Sample what happened in about a second
 * @property {number} at when it ended, on the clock of performance.now()
 * @property {number} seconds how long it was
 * @property {Object<string, {requests: number, bytes: number}>} paths by I/O path
 * @property {number} requests of all paths
 * @property {number} bytes of all paths
 * @property {number} copied bytes that passed through user space
 * @property {number} hits of the hot set
 * @property {number} misses of the hot set
 */

/** The last minutes as samples. */
export class Rates {
  /** @type {Array<Sample>} oldest first */
  samples = [];

  #last = null;
  #readings = [];

  /**
   * Takes a reading.
   *
   * @param {Object} stats as /api/stats has it
   * @param {number} at when it was asked for
   */
  take(stats, at) {
    const last = this.#last;
    this.#last = { stats, at };
    if (last !== null && !sameServer(last.stats, stats)) {
      this.samples = [];
      this.#readings = [];
    } else if (last !== null && at - last.at < GAP_MILLIS && at > last.at) {
      this.samples.push(sample(last, { stats, at }));
    }
    this.#readings.push({ stats, at });
    const first = at - WINDOW_MILLIS - 2_000;
    this.samples = this.samples.filter((one) => one.at >= first);
    this.#readings = this.#readings.filter((one) => one.at >= first);
  }

  /**
   * The samples of a span, as one.
   *
   * @param {number} millis how long it is
   * @param {number} ago how long ago it ended
   * @returns {?Sample} null if there is none
   */
  over(millis, ago = 0) {
    const end = (this.#last?.at ?? 0) - ago;
    const some = this.samples.filter((one) => one.at <= end && one.at > end - millis);
    return some.length === 0 ? null : some.reduce(added);
  }

  /** The oldest reading that is no older than this, or the newest; null before the first. */
  reading(millis) {
    const end = this.#last?.at ?? 0;
    return this.#readings.find((one) => one.at >= end - millis)?.stats ?? null;
  }
}

const sameServer = (a, b) =>
  a.server.pid === b.server.pid && a.server.startedAt === b.server.startedAt && b.requests.total >= a.requests.total;

function sample(from, to) {
  const paths = {};
  for (const path of PATHS) {
    const [a, b] = [from.stats.ioPaths[path], to.stats.ioPaths[path]];
    paths[path] = { requests: grown(a.requests, b.requests), bytes: grown(a.bytes, b.bytes) };
  }
  return {
    at: to.at,
    seconds: (to.at - from.at) / 1_000,
    paths,
    requests: grown(from.stats.requests.total, to.stats.requests.total),
    bytes: grown(from.stats.zeroCopy.bodyBytes, to.stats.zeroCopy.bodyBytes),
    copied: grown(from.stats.zeroCopy.userCopiedBytes, to.stats.zeroCopy.userCopiedBytes),
    hits: grown(from.stats.cache.hits, to.stats.cache.hits),
    misses: grown(from.stats.cache.misses, to.stats.cache.misses),
  };
}

/** The counters are not read at one instant, so that one may seem to go back by a little. */
const grown = (a, b) => Math.max(0, b - a);

function added(a, b) {
  const paths = {};
  for (const path of PATHS) {
    paths[path] = {
      requests: a.paths[path].requests + b.paths[path].requests,
      bytes: a.paths[path].bytes + b.paths[path].bytes,
    };
  }
  const sum = { at: b.at, paths };
  for (const name of ['seconds', 'requests', 'bytes', 'copied', 'hits', 'misses']) {
    sum[name] = a[name] + b[name];
  }
  return sum;
}
