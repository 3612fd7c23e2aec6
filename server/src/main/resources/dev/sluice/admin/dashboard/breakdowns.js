/** Where the requests since the start went: by I/O path, status, reason, coding, site and file. */

import { byId, say } from './dom.js';
import { bytes, count } from './format.js';
import { meaning, PATHS, phrase } from './names.js';
import { because } from './reasons.js';
import { fill } from './table.js';

let latest = null;

/** Shows all of them. */
export function showBreakdowns(stats) {
  latest = stats;
  showPaths(stats.ioPaths);
  showStatuses(stats.requests.status);
  showFallbacks(stats.fallbacks);
  showTotals('codings', stats.codings);
  showTotals('sites', stats.sites);
  showTopFiles(stats.topFiles);
}

const share = (part, rows, of) => part / Math.max(1, ...rows.map(of));

function showPaths(ioPaths) {
  const rows = PATHS.map((path) => [path, ioPaths[path]]);
  fill(byId('paths'), rows.map(([path, totals]) => ({
    key: path,
    first: { text: path, note: meaning(path), swatch: path },
    cells: [count(totals.requests), bytes(totals.bytes), bytes(totals.userCopiedBytes)],
    share: share(totals.requests, rows, ([, one]) => one.requests),
  })));
}

function showStatuses(statuses) {
  const rows = Object.entries(statuses);
  fill(byId('statuses'), rows.map(([status, n]) => ({
    key: status,
    first: { text: status, note: phrase(status) },
    cells: [count(n)],
    share: share(n, rows, ([, one]) => one),
  })));
}

function showFallbacks(fallbacks) {
  const rows = Object.entries(fallbacks).sort(([, a], [, b]) => b.requests - a.requests);
  fill(byId('fallbacks'), rows.map(([reason, totals]) => ({
    key: reason,
    first: { text: reason, note: because(reason), code: true },
    cells: [count(totals.requests), bytes(totals.bytes)],
    share: share(totals.requests, rows, ([, one]) => one.requests),
  })), 'none: every body was carried as planned');
}

function showTotals(id, totals) {
  const rows = Object.entries(totals);
  fill(byId(id), rows.map(([name, one]) => ({
    key: name,
    first: name === '-' ? { text: '–', note: 'no site' } : { text: name },
    cells: [count(one.requests), bytes(one.bytes)],
    share: share(one.requests, rows, ([, other]) => other.requests),
  })), 'nothing yet');
}

function showTopFiles(topFiles) {
  const by = byId('top-by').querySelector('input:checked').value;
  const weight = by === 'byBytes' ? 'bytes' : 'requests';
  const rows = topFiles[by];
  const severalSites = new Set(rows.map((row) => row.site)).size > 1;
  fill(byId('top-files'), rows.map((row) => ({
    key: `${row.site} ${row.path}`,
    first: severalSites ? { text: row.path, note: row.site, code: true } : { text: row.path, note: '', code: true },
    cells: [count(row.requests), bytes(row.bytes)],
    share: share(row[weight], rows, (one) => one[weight]),
  })), 'nothing yet');
  say(byId('top-note'), overcounted(topFiles.overcount));
}

function overcounted(overcount) {
  if (overcount.requests === 0 && overcount.bytes === 0) {
    return '';
  }
  return `Counted in bounded memory: a file may have up to ${count(overcount.requests)} requests and ${bytes(overcount.bytes)} less.`;
}

/** Wires the order of the top files. */
export function initBreakdowns() {
  byId('top-by').addEventListener('change', () => latest && showTopFiles(latest.topFiles));
}
