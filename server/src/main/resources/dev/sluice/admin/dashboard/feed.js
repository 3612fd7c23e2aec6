/** The records of requests as they come: by the stream, or by asking each second while all streams are taken. */

import { ask, Problem, read } from './api.js';
import { pause } from './poll.js';
import { events } from './sse.js';

/** More than the eye can follow, and little enough for any browser. */
const PER_SECOND = 50;

const RECENT = 200;

/** The server says something every 15 s: after thrice that, nobody is there. */
const SILENCE_MILLIS = 45_000;

const AGAIN_MILLIS = 1_000;
const AGAIN_AT_MOST_MILLIS = 15_000;

/** How long a server whose streams are all taken is asked for records instead. */
const ELSEWHERE_MILLIS = 30_000;

/** A source of records. At most one run is on at a time. */
export class Feed {
  #tell;
  #run = null;
  #pollUntil = 0;

  /**
   * @param {{records: function(Array<Object>), skipped: function(number, string), state: function(string, string=)}} tell
   *     records newest first, those told of before among them; states are connecting, live, polling, waiting
   */
  constructor(tell) {
    this.#tell = tell;
  }

  /**
   * Begins, or begins again.
   *
   * @param {Array<Array<string>>} filters parameters of the API
   */
  start(filters) {
    this.stop();
    this.#run = new AbortController();
    this.#tell.state('connecting');
    this.#follow(filters, this.#run.signal);
  }

  /** Tells nothing any more. */
  stop() {
    this.#run?.abort();
    this.#run = null;
  }

  async #follow(filters, signal) {
    let wait = AGAIN_MILLIS;
    const well = () => {
      wait = AGAIN_MILLIS;
    };
    while (!signal.aborted) {
      let why = 'the stream ended';
      try {
        if (performance.now() < this.#pollUntil) {
          await this.#poll(filters, signal);
          continue;
        }
        why = (await this.#stream(filters, signal, well)) ?? why;
      } catch (problem) {
        if (signal.aborted) {
          return;
        }
        why = problem.message;
        if (problem.status === 503) {
          this.#pollUntil = performance.now() + ELSEWHERE_MILLIS;
          continue;
        }
      }
      if (!signal.aborted) {
        this.#tell.state('waiting', why);
        await pause(wait, signal);
        wait = Math.min(wait * 2, AGAIN_AT_MOST_MILLIS);
      }
    }
  }

  async #poll(filters, signal) {
    this.#tell.state('polling');
    await this.#recent(filters, signal);
    await pause(AGAIN_MILLIS, signal);
  }

  async #recent(filters, signal) {
    const { requests } = await read('api/requests', { params: [...filters, ['limit', RECENT]], signal });
    if (!signal.aborted) {
      this.#tell.records(requests);
    }
  }

  /** Opens the stream first and asks for what was before then, so that nothing falls between the two. */
  async #stream(filters, signal, well) {
    const attempt = new AbortController();
    const end = () => attempt.abort(new Problem(0, { detail: 'nothing came for too long' }));
    signal.addEventListener('abort', end, { once: true });
    let silence = setTimeout(end, SILENCE_MILLIS);
    try {
      const params = [...filters, ['perSecond', PER_SECOND]];
      const { body } = await ask('api/requests/stream', { params, signal: attempt.signal, accept: 'text/event-stream' });
      await this.#recent(filters, signal);
      this.#tell.state('live');
      well();
      for await (const { event, data } of events(body, () => {
        clearTimeout(silence);
        silence = setTimeout(end, SILENCE_MILLIS);
      })) {
        const told = JSON.parse(data);
        if (event === 'request') {
          this.#tell.records([told]);
        } else if (event === 'skipped') {
          this.#tell.skipped(told.records, told.reason);
        } else if (event === 'dropped') {
          return told.detail ?? told.reason;
        }
      }
      return null;
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', end);
      attempt.abort();
    }
  }
}
