/** Doing something again and again, but not while nobody looks, and less often while it fails. */

const SLOWEST_MILLIS = 10_000;

/** @returns {Promise<void>} settled after a time, or at once when the signal aborts */
export function pause(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

/** @returns {Promise<void>} settled when the tab is seen */
export function seen() {
  return new Promise((resolve) => {
    if (!document.hidden) {
      resolve();
      return;
    }
    const look = () => {
      if (!document.hidden) {
        document.removeEventListener('visibilitychange', look);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', look);
  });
}

/**
 * Repeats for as long as the page lives.
 *
 * @param {number} millis from one beginning to the next
 * @param {function(): Promise<void>} task one that rejects is tried again, later and later
 * @param {function(Error): void} failed told of each failure
 */
export async function repeat(millis, task, failed) {
  let failures = 0;
  for (;;) {
    await seen();
    const begun = performance.now();
    try {
      await task();
      failures = 0;
    } catch (problem) {
      failures += 1;
      failed(problem);
    }
    const wait = Math.min(millis * 2 ** failures, Math.max(millis, SLOWEST_MILLIS));
    await pause(Math.max(wait - (performance.now() - begun), millis / 4));
  }
}
