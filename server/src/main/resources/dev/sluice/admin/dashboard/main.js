/** The dashboard: asks the admin API each second and shows what it tells. */

import { initActions, purge } from './actions.js';
import { ask, read } from './api.js';
import { initBreakdowns, showBreakdowns } from './breakdowns.js';
import { initConfig } from './config.js';
import { initDetail } from './detail.js';
import { explain, initExplain } from './explain.js';
import { showFigures } from './figures.js';
import { showServer, showState } from './header.js';
import { initHotFiles, showHotFiles, showRegionFiles } from './hotfiles.js';
import { showLatency } from './latency.js';
import { initChart, showChart } from './legend.js';
import { repeat } from './poll.js';
import { Rates } from './rates.js';
import { showRegions } from './regions.js';
import { initRequests, startRequests } from './requests.js';
import { initToken, isLocked } from './token.js';

const STATS_MILLIS = 1_000;
const CACHE_MILLIS = 4_000;
const READY_MILLIS = 3_000;
const HOT_FILES = 200;

const rates = new Rates();
let ready = true;
let begun = false;

async function stats() {
  const asked = performance.now();
  const told = await read('api/stats');
  rates.take(told, asked);
  beginTheRest();
  showState(ready ? 'ready' : 'draining');
  showServer(told.server);
  showFigures(told, rates);
  showChart(rates, asked);
  showBreakdowns(told);
  showLatency(told, rates);
}

async function readiness() {
  try {
    await ask('readyz');
    ready = true;
  } catch (problem) {
    if (problem.status !== 503) {
      throw problem;
    }
    ready = false;
  }
}

async function cache() {
  const told = await read('api/cache', { params: [['limit', HOT_FILES]] });
  showRegions(told, showRegionFiles);
  showHotFiles(told, {
    purge: ({ path }) => purge(path),
    explain: ({ path, site }) => explain(path, 'GET', site),
  });
}

/** All else is asked for when the first answer is there, so that a missing token is missed once. */
function beginTheRest() {
  if (!begun) {
    begun = true;
    startRequests();
    repeat(READY_MILLIS, readiness, () => {});
    repeat(CACHE_MILLIS, cache, () => {});
  }
}

function watchTheLock() {
  new MutationObserver(() => isLocked() && showState('locked'))
    .observe(document.getElementById('unlock'), { attributeFilter: ['hidden'] });
}

initToken();
watchTheLock();
initChart();
initBreakdowns();
initHotFiles();
initDetail(explain);
initExplain();
initActions();
initConfig();
initRequests();
repeat(STATS_MILLIS, stats, (problem) => showState('disconnected', problem.message));
