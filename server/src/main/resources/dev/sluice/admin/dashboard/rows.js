/** The rows of the live table: the newest on top, a bounded number of them. */

import { byId, h, say } from './dom.js';
import { bytes, clock, micros } from './format.js';
import { because } from './reasons.js';
import { swatch } from './table.js';

const MOST_ROWS = 200;

/** Rows that move while one wants to click on one are a nuisance, so they come together. */
const BATCH_MILLIS = 500;

/** The table. Records that it knows are not added again. */
export class Rows {
  #open;
  #body = byId('request-rows');
  #records = new Map();
  #waiting = [];
  #timer = null;
  #held = false;

  /** @param {function(Object): void} open shows one record in detail */
  constructor(open) {
    this.#open = open;
    this.#body.addEventListener('click', (event) => this.#clicked(event));
  }

  /** @param {Array<Object>} records newest first */
  add(records) {
    const fresh = records.filter((record) => !this.#records.has(keyOf(record)));
    fresh.forEach((record) => this.#records.set(keyOf(record), record));
    this.#waiting = [...fresh, ...this.#waiting].slice(0, MOST_ROWS);
    this.#soon();
  }

  /** Holds what comes back, or shows what was held. */
  hold(held) {
    this.#held = held;
    this.#soon();
  }

  #soon() {
    if (this.#waiting.length > 0 && this.#timer === null && !this.#held) {
      this.#timer = setTimeout(() => this.#show(), this.#body.firstChild === null ? 0 : BATCH_MILLIS);
    }
  }

  /** Forgets all. */
  clear() {
    this.#records.clear();
    this.#waiting = [];
    this.#body.replaceChildren();
    byId('request-empty').hidden = false;
  }

  #show() {
    this.#timer = null;
    if (this.#held) {
      return;
    }
    this.#body.prepend(...this.#waiting.map(row));
    this.#waiting = [];
    while (this.#body.childElementCount > MOST_ROWS) {
      this.#body.lastElementChild.remove();
    }
    byId('request-empty').hidden = this.#body.firstChild !== null;
    this.#forget();
  }

  /** Keeps what is shown, and some more by which a record told of twice is known. */
  #forget() {
    const keys = [...this.#records.keys()];
    keys.slice(0, Math.max(0, keys.length - 5 * MOST_ROWS)).forEach((key) => {
      if (this.#body.querySelector(`[data-key="${key}"]`) === null) {
        this.#records.delete(key);
      }
    });
  }

  #clicked(event) {
    const key = event.target.closest('tr')?.dataset.key;
    const record = this.#records.get(key);
    if (record !== undefined && getSelection().isCollapsed) {
      this.#open(record);
    }
  }
}

/** Another process counts from one again. */
const keyOf = (record) => `${record.id}@${Date.parse(record.time)}`;

function row(record) {
  return h('tr', {
    role: 'row',
    'data-key': keyOf(record),
    'data-request-id': record.id,
    'data-iopath': record.ioPath,
    'data-status': record.status,
    'data-path': record.path,
    'data-fallback': record.fallback ? 'true' : null,
    'data-complete': record.complete === false ? 'false' : null,
  },
  cell('time', clock(record.time)),
  request(record),
  cell(`n status s${Math.floor(record.status / 100)}`, record.status),
  ioPath(record),
  cell('n size', bytes(record.bytes)),
  cell('n took', micros(record.durationMicros)),
  cell('why', `${record.reason}${record.complete === false ? ' (broken off)' : ''}`, because(record.reason)));
}

function cell(name, words, title = null) {
  const element = h('td', { role: 'cell', class: name, title });
  say(element, words);
  return element;
}

function request(record) {
  const button = h('button', { type: 'button', class: 'link', 'aria-haspopup': 'dialog' },
    h('span', { class: 'method' }, `${record.method} `), h('span', { class: 'path' }));
  say(button.lastChild, record.path);
  return h('td', { role: 'cell', class: 'request' }, button);
}

function ioPath(record) {
  const chip = h('span', { class: 'io' }, swatch(record.ioPath), h('span', {}));
  say(chip.lastChild, record.ioPath);
  const planned = record.fallback ? h('span', { class: 'planned' }) : null;
  if (planned !== null) {
    say(planned, record.planned === record.ioPath ? 'not quite as planned' : `not ${record.planned} as planned`);
  }
  return h('td', { role: 'cell', class: 'io-cell' }, chip, planned);
}
