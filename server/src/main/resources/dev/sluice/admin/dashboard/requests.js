/** The live table of requests: filters, pause, and what is told of the stream. */

import { announce } from './announce.js';
import { showDetail } from './detail.js';
import { byId, mark, say } from './dom.js';
import { Feed } from './feed.js';
import { count } from './format.js';
import { Rows } from './rows.js';

const STATES = {
  connecting: 'Connecting…',
  live: 'Live: at most 50 requests a second are shown.',
  polling: 'Asked for each second: this server gives no stream now.',
  waiting: 'Trying again soon',
  paused: 'Paused.',
};

let feed = null;
let rows = null;
let paused = false;
let skipped = 0;

/** The parameters of the API that the form stands for. */
function filters() {
  const form = new FormData(byId('filters'));
  const path = form.get('path').trim();
  const found = [['ioPath', form.get('ioPath')], ['status', form.get('status').trim()]];
  if (path !== '') {
    found.push(['path', `${path.startsWith('/') ? '' : '/'}${path}${path.endsWith('*') ? '' : '*'}`]);
  }
  return found.filter(([, value]) => value !== '');
}

function showState(state, why = '') {
  const words = state === 'waiting' ? `${STATES.waiting}: ${why}.` : STATES[state];
  mark(byId('feed-state'), 'data-state', state);
  say(byId('feed-state'), words);
}

function showSkipped(records, reason) {
  skipped += records;
  const why = reason === 'overrun' ? 'they came faster than they could be read' : 'there were more than 50 a second';
  say(byId('feed-skipped'), `${count(skipped)} left out, because ${why}.`);
}

/** Begins anew with the filters as they are; those of before don't fit any more. */
function restart() {
  rows.clear();
  skipped = 0;
  say(byId('feed-skipped'), '');
  resume();
}

/** Shows nothing new, and asks the server for nothing, while paused or while nobody looks. */
function resume() {
  if (paused || document.hidden) {
    feed.stop();
    showState('paused');
  } else {
    feed.start(filters());
  }
}

function setPaused(wanted) {
  paused = wanted;
  rows.hold(paused);
  mark(byId('pause'), 'aria-pressed', paused);
  say(byId('pause'), paused ? 'Go on' : 'Pause');
  announce(paused ? 'The table of requests is paused.' : 'The table of requests goes on.');
  resume();
}

/** Wires the table. */
export function initRequests() {
  rows = new Rows(showDetail);
  feed = new Feed({ records: (records) => rows.add(records), skipped: showSkipped, state: showState });
  const form = byId('filters');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (paused) {
      setPaused(false);
    }
    restart();
    announce('The filter is set.');
  });
  form.addEventListener('reset', () => setTimeout(restart));
  byId('filter-iopath').addEventListener('change', restart);
  byId('pause').addEventListener('click', () => setPaused(!paused));
}

/** Begins to ask for requests. */
export function startRequests() {
  document.addEventListener('visibilitychange', resume);
  addEventListener('pagehide', () => feed.stop());
  restart();
}
