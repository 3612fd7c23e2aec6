/** The admin API: the one place where this page asks the server anything. */

import { askToken, isLocked, token } from './token.js';

const PATIENCE_MILLIS = 15_000;

/** An answer that is none: what the server says of it (RFC 9457), or that it was not reached (status 0). */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {Object} body the problem's members
   */
  constructor(status, body) {
    super(body.detail ?? body.title ?? `status ${status}`);
    this.status = status;
    this.body = body;
  }
}

/**
 * Asks, and asks for a token if that is what is missing.
 *
 * @param {string} path below /api or beside it, without a slash before it
 * @param {{method?: string, params?: Iterable<Array<string>>, signal?: AbortSignal, accept?: string}} options
 * @returns {Promise<Response>} one with a status of 2xx
 * @throws {Problem}
 */
export async function ask(path, { method = 'GET', params = [], signal, accept = 'application/json' } = {}) {
  const query = new URLSearchParams([...params]).toString();
  const url = query === '' ? path : `${path}?${query}`;
  for (;;) {
    if (isLocked()) {
      await askToken(null);
      signal?.throwIfAborted();
    }
    const sent = token();
    const headers = { Accept: accept, ...(sent === null ? {} : { Authorization: `Bearer ${sent}` }) };
    const response = await reach(url, { method, headers, signal: signal ?? AbortSignal.timeout(PATIENCE_MILLIS) });
    if (response.ok) {
      return response;
    }
    const problem = new Problem(response.status, await members(response));
    if (response.status !== 401) {
      throw problem;
    }
    await askToken(sent);
    signal?.throwIfAborted();
  }
}

/** As {@link ask}, and reads the JSON. */
export async function read(path, options) {
  const response = await ask(path, options);
  try {
    return await response.json();
  } catch (cause) {
    throw new Problem(0, { detail: `the answer broke off (${cause.message})` });
  }
}

async function reach(url, options) {
  try {
    return await fetch(url, { ...options, cache: 'no-store', credentials: 'omit', redirect: 'error' });
  } catch (cause) {
    if (options.signal.aborted && options.signal.reason?.name === 'AbortError') {
      throw cause;
    }
    throw new Problem(0, { detail: 'the server was not reached' });
  }
}

async function members(response) {
  try {
    return (await response.json()) ?? {};
  } catch {
    return { title: response.statusText };
  }
}
