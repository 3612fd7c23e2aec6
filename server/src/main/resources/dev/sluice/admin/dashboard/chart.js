/** Requests or bytes a second by I/O path over time: stacked areas, each with its pattern. */

import { byId, say, svg } from './dom.js';
import { brief, bytes } from './format.js';
import { PATHS } from './names.js';
import { GAP_MILLIS, WINDOW_MILLIS } from './rates.js';

const HEIGHT = 210;
const TOP = 18;
const BOTTOM = 20;
const FLOOR = HEIGHT - BOTTOM;

/** How a value is told in the unit of the chart. */
export const told = (unit, value) => (unit === 'bytes' ? `${bytes(value)}/s` : `${brief(value)}/s`);

/** A sample's value for a path, a second. */
export const rate = (sample, path, unit) => sample.paths[path][unit] / sample.seconds;

const whole = (sample, unit) => PATHS.reduce((sum, path) => sum + rate(sample, path, unit), 0);

/**
 * Draws.
 *
 * @param {Array<import('./rates.js').Sample>} samples oldest first
 * @param {'requests'|'bytes'} unit
 * @param {number} now on the clock of the samples
 * @param {?import('./rates.js').Sample} pointed at which a line is drawn
 */
export function draw(samples, unit, now, pointed) {
  const chart = byId('chart');
  const width = Math.max(240, chart.clientWidth);
  const peak = Math.max(0, ...samples.map((sample) => whole(sample, unit)));
  const top = ceiling(peak, unit);
  const x = (at) => width * (1 - (now - at) / WINDOW_MILLIS);
  const y = (value) => FLOOR - ((FLOOR - TOP) * value) / top;
  chart.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
  chart.replaceChildren(
    ...areas(samples, unit, x, y),
    ...grid(top, unit, width, y),
    ...(pointed === null ? [] : [svg('path', { class: 'pointer', d: `M${x(pointed.at)} ${TOP}V${FLOOR}` })]),
  );
}

/** The sample that is drawn at a place. */
export function at(samples, now, clientX) {
  const box = byId('chart').getBoundingClientRect();
  const wanted = now - WINDOW_MILLIS * (1 - (clientX - box.left) / box.width);
  const nearest = samples.reduce((best, one) =>
    best === null || Math.abs(one.at - wanted) < Math.abs(best.at - wanted) ? one : best, null);
  return nearest !== null && Math.abs(nearest.at - wanted) < GAP_MILLIS ? nearest : null;
}

/** The least of 1, 2, 4, 6 and 8 times a power of ten (of 1024 and two, for bytes) that is not below the peak. */
function ceiling(peak, unit) {
  let power = 1;
  if (unit === 'bytes') {
    while (power * 1024 <= peak) {
      power *= 1024;
    }
  }
  const least = Math.max(peak / power, unit === 'bytes' ? 1 : 4);
  const ten = 10 ** Math.floor(Math.log10(least));
  return power * ten * [1, 2, 4, 6, 8, 10].find((step) => step * ten >= least);
}

function areas(samples, unit, x, y) {
  const runs = continuous(samples);
  const floors = new Map(samples.map((sample) => [sample, 0]));
  return PATHS.map((path) => {
    let d = '';
    for (const run of runs) {
      const lower = run.map((sample) => [x(sample.at), y(floors.get(sample))]);
      run.forEach((sample) => floors.set(sample, floors.get(sample) + rate(sample, path, unit)));
      const upper = run.map((sample) => [x(sample.at), y(floors.get(sample))]);
      d += `M${points(upper)}L${points(lower.reverse())}Z`;
    }
    const any = samples.some((sample) => sample.paths[path][unit] > 0);
    return any ? svg('path', { class: 'area', 'data-iopath': path, fill: `url(#pat-${path})`, d }) : null;
  }).filter((area) => area !== null);
}

const points = (list) => list.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join('L');

function continuous(samples) {
  const runs = [];
  let last = -Infinity;
  for (const sample of samples) {
    if (sample.at - last > GAP_MILLIS) {
      runs.push([]);
    }
    runs.at(-1).push(sample);
    last = sample.at;
  }
  return runs.filter((run) => run.length > 1);
}

function grid(top, unit, width, y) {
  const marks = [];
  for (const part of [0, 0.5, 1]) {
    const height = Math.round(y(top * part)) + 0.5;
    marks.push(svg('path', { class: part === 0 ? 'base' : 'rule', d: `M0 ${height}H${width}` }));
    if (part > 0) {
      marks.push(label(4, height - 4, told(unit, top * part), 'start'));
    }
  }
  for (const minute of [1, 2, 3]) {
    marks.push(label(width * (1 - (minute * 60_000) / WINDOW_MILLIS), HEIGHT - 5, `${minute} min ago`, 'middle'));
  }
  marks.push(label(width - 2, HEIGHT - 5, 'now', 'end'));
  return marks;
}

function label(x, y, words, anchor) {
  const text = svg('text', { x, y, 'text-anchor': anchor });
  say(text, words);
  return text;
}
