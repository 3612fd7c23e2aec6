/** Numbers as people read them. */

const WHOLE = new Intl.NumberFormat('en');
const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const TENTHS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** What is shown where there is nothing to show. */
export const NOTHING = '–';

/** A number in full, such as 12,345. */
export const count = (n) => (Number.isFinite(n) ? WHOLE.format(n) : NOTHING);

/** A number in three digits or so, such as 12.3 or 12.3 k. */
export function brief(n) {
  if (!Number.isFinite(n)) {
    return NOTHING;
  }
  if (n < 100) {
    return TENTHS.format(n);
  }
  const step = n >= 1e9 ? [1e9, ' G'] : n >= 1e6 ? [1e6, ' M'] : n >= 1e4 ? [1e3, ' k'] : [1, ''];
  const scaled = n / step[0];
  return (scaled >= 1000 ? WHOLE.format(Math.round(scaled)) : SHORT.format(scaled)) + step[1];
}

/** Bytes in three digits by powers of 1024, such as 1.5 MiB. */
export function bytes(n) {
  if (!Number.isFinite(n)) {
    return NOTHING;
  }
  let scaled = n;
  for (const unit of ['B', 'KiB', 'MiB', 'GiB', 'TiB']) {
    if (Math.abs(scaled) < 1024 || unit === 'TiB') {
      return `${scaled >= 1000 ? Math.round(scaled) : SHORT.format(scaled)} ${unit}`;
    }
    scaled /= 1024;
  }
  return NOTHING;
}

/** Microseconds in three digits, such as 142 µs, 3.1 ms or 2 s. */
export function micros(n) {
  if (!Number.isFinite(n)) {
    return NOTHING;
  }
  return n < 1000 ? `${SHORT.format(n)} µs` : n < 1e6 ? `${SHORT.format(n / 1e3)} ms` : `${SHORT.format(n / 1e6)} s`;
}

/** A ratio 0..1 in per cent, which never says 100 where something is missing. */
export function percent(ratio) {
  if (!Number.isFinite(ratio)) {
    return NOTHING;
  }
  const tenths = ratio >= 1 ? 1000 : Math.min(999, Math.round(ratio * 1000));
  return `${tenths / 10} %`;
}

/** Seconds as the two greatest units, such as 3 h 12 min. */
export function span(seconds) {
  if (!Number.isFinite(seconds)) {
    return NOTHING;
  }
  const s = Math.floor(seconds);
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min ${s % 60} s`;
  }
  return s < 86400
    ? `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
    : `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

/** The time of day of an instant as the API writes it. */
export function clock(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? NOTHING : CLOCK.format(date);
}

/** @returns {string} the number and the noun, in the singular where it is one */
export const some = (n, noun, plural = `${noun}s`) => `${count(n)} ${n === 1 ? noun : plural}`;
