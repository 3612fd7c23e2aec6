/** Tables of figures: a name and numbers, each row kept and brought up to date. */

import { h, keyed, say, svg } from './dom.js';

/**
 * @typedef {Object} Row
 * @property {string} key
 * @property {{text: string, note?: string, swatch?: string, code?: boolean}} first what the row is about
 * @property {Array<string>} cells its numbers, as texts
 * @property {number=} share 0..1, drawn as a bar behind the row
 */

/**
 * Shows rows.
 *
 * @param {HTMLTableElement} table with a head and a body
 * @param {Array<Row>} rows
 * @param {string} nothing what is said without rows
 */
export function fill(table, rows, nothing = 'nothing yet') {
  const body = table.tBodies[0];
  const columns = table.tHead.rows[0].cells.length;
  const shown = rows.length > 0 ? rows : [{ key: '(none)', none: nothing }];
  keyed(body, shown, (row) => row.key, (row) => create(row, columns), update);
}

/** The small square that says by colour and pattern which I/O path is meant; its name always stands beside it. */
export function swatch(path) {
  return svg('svg', { class: 'swatch', viewBox: '0 0 14 14', 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { width: 14, height: 14, rx: 2, fill: `url(#pat-${path})` }));
}

function create(row, columns) {
  if (row.none !== undefined) {
    return h('tr', { class: 'empty' }, h('td', { colspan: columns }));
  }
  const { first } = row;
  const name = h(first.code ? 'code' : 'span', { class: 'name' });
  const head = h('th', { scope: 'row' }, first.swatch ? swatch(first.swatch) : null, name);
  if (first.note !== undefined) {
    head.append(h('span', { class: 'note' }));
  }
  return h('tr', {}, head, ...row.cells.map(() => h('td', { class: 'n' })));
}

function update(element, row) {
  if (row.none !== undefined) {
    say(element.firstChild, row.none);
    return;
  }
  const [head, ...cells] = element.children;
  say(head.querySelector('.name'), row.first.text);
  if (row.first.note !== undefined) {
    say(head.querySelector('.note'), row.first.note);
  }
  cells.forEach((cell, i) => say(cell, row.cells[i]));
  if (row.share !== undefined) {
    element.classList.add('shared');
    element.style.setProperty('--share', `${Math.round(row.share * 1000) / 10}%`);
  }
}
