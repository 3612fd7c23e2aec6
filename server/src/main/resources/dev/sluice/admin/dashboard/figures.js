/** The tiles: what happens now. */

import { byId, say } from './dom.js';
import { brief, bytes, count, micros, NOTHING, percent, some } from './format.js';
import { percentile, recent } from './latency.js';

/** A figure that jumps each second can't be read, so it is that of a few. */
const NOW_MILLIS = 3_000;

const MINUTE_MILLIS = 60_000;

/** Shows the tiles. */
export function showFigures(stats, rates) {
  const now = rates.over(NOW_MILLIS);
  const minute = rates.over(MINUTE_MILLIS);
  tile('rps', now ? brief(now.requests / now.seconds) : NOTHING, `${count(stats.requests.total)} in all`);
  tile('bps', now ? bytes(now.bytes / now.seconds) : NOTHING, `${bytes(stats.zeroCopy.bodyBytes)} in all`);
  showRatio(stats, minute);
  showSlowest(stats, rates);
  const { hits, misses } = stats.cache;
  const looks = minute ? minute.hits + minute.misses : 0;
  tile('hits', looks > 0 ? percent(minute.hits / looks) : NOTHING,
    looks > 0 ? `last minute; ${ratio(hits, hits + misses)} since the start` : `${ratio(hits, hits + misses)} since the start`);
  tile('connections', count(stats.connections.open),
    `${some(stats.requests.active, 'request')} under way; ${count(stats.connections.accepted)} accepted in all`);
}

function showRatio(stats, minute) {
  const { bodyBytes, userCopiedBytes } = stats.zeroCopy;
  const lately = minute !== null && minute.bytes > 0;
  const value = lately ? 1 - minute.copied / minute.bytes : bodyBytes > 0 ? 1 - userCopiedBytes / bodyBytes : NaN;
  const start = `${bytes(userCopiedBytes)} copied of ${bytes(bodyBytes)}`;
  tile('zero-copy', percent(value), lately ? `last minute; since the start ${start}` : start);
}

function showSlowest(stats, rates) {
  const lately = percentile(recent(stats, rates), 0.99);
  const start = stats.requests.total > 0 ? micros(stats.latencyMicros.p99) : NOTHING;
  if (Number.isFinite(lately)) {
    tile('p99', micros(lately), `last 30 s; ${start} since the start`);
  } else {
    tile('p99', start, 'since the start');
  }
}

const ratio = (part, all) => (all > 0 ? percent(part / all) : NOTHING);

function tile(id, figure, note) {
  say(byId(id), figure);
  say(byId(`${id}-note`), note);
}
