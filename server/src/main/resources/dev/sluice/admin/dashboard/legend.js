/** Around the chart: what is meant by what, the figures where one points, and the same as a table. */

import { at, draw, rate, told } from './chart.js';
import { byId, h, keyed, say } from './dom.js';
import { meaning, PATHS } from './names.js';
import { swatch } from './table.js';

const AVERAGE_MILLIS = 10_000;
const AVERAGES = 12;

let latest = { rates: null, now: 0 };
let pointedX = null;

/** Shows the chart and all around it. */
export function showChart(rates, now) {
  latest = { rates, now };
  const unit = byId('chart-unit').querySelector('input:checked').value;
  const pointed = pointedX === null ? null : at(rates.samples, now, pointedX);
  draw(rates.samples, unit, now, pointed);
  showLegend(pointed ?? rates.over(3_000), unit);
  summarise(rates.over(AVERAGE_MILLIS), unit);
  if (byId('chart-data').open) {
    showTable(rates, unit);
  }
}

function showLegend(sample, unit) {
  keyed(byId('legend'), PATHS, (path) => path,
    (path) => h('li', { 'data-iopath': path, title: meaning(path) }, swatch(path),
      h('span', { class: 'name' }, path), h('span', { class: 'value' })),
    (element, path) => say(element.lastChild, sample === null ? '–' : told(unit, rate(sample, path, unit))));
}

function summarise(sample, unit) {
  const parts = sample === null ? [] : PATHS.filter((path) => rate(sample, path, unit) > 0)
    .map((path) => `${path} ${told(unit, rate(sample, path, unit))}`);
  say(byId('chart-summary'), parts.length === 0 ? 'No request in the last ten seconds.'
    : `In the last ten seconds: ${parts.join(', ')}.`);
}

function showTable(rates, unit) {
  const spans = [...Array(AVERAGES).keys()].map((i) => ({ ago: i * AVERAGE_MILLIS, sample: rates.over(AVERAGE_MILLIS, i * AVERAGE_MILLIS) }));
  keyed(byId('chart-rows'), spans, ({ ago }) => String(ago),
    ({ ago }) => h('tr', {}, h('th', { scope: 'row' }, ago === 0 ? 'now' : `${ago / 1_000} s ago`), ...PATHS.map(() => h('td', { class: 'n' }))),
    (row, { sample }) => PATHS.forEach((path, i) =>
      say(row.children[i + 1], sample === null ? '–' : told(unit, rate(sample, path, unit)))));
}

/** Wires the chart's controls. */
export function initChart() {
  const again = () => {
    if (latest.rates !== null) {
      showChart(latest.rates, latest.now);
    }
  };
  byId('chart-columns').append(h('th', { scope: 'col' }, 'When'), ...PATHS.map((path) => h('th', { scope: 'col', class: 'n' }, path)));
  byId('chart-unit').addEventListener('change', again);
  byId('chart-data').addEventListener('toggle', again);
  byId('chart').addEventListener('pointermove', (event) => {
    pointedX = event.clientX;
    again();
  });
  byId('chart').addEventListener('pointerleave', () => {
    pointedX = null;
    again();
  });
  new ResizeObserver(again).observe(byId('chart'));
}
