/** One request told in sentences. */

import { bytes, clock, count, micros } from './format.js';
import { phrase } from './names.js';
import { because } from './reasons.js';

/** A head and a body of this length fit into any socket's send buffer, so that one call takes both. */
const ONE_CALL = 16 * 1024;

/**
 * Tells what happened to a request.
 *
 * @param {Object} record as /api/requests has it
 * @returns {Array<string>} sentences, the most telling first
 */
export function story(record) {
  return [carried(record), why(record), ending(record), asked(record)].filter((sentence) => sentence !== '');
}

/** How the body came to the socket: one sentence. */
export function carried(record) {
  const body = amount(record.bytes);
  switch (record.ioPath) {
    case 'mmap':
      return `Served from a mapped region: ${calls(record)}, ${copied(record)}.`;
    case 'sendfile':
      return `Sent by sendfile: the kernel moved ${body} from the file to the socket, ${copied(record)}.`;
    case 'direct':
      return `Read past the page cache: ${body} went from the disk into aligned buffers and from there to the socket.`;
    case 'cow':
      return `Served from a private mapping of the page, patched for this response: ${body}, ${copied(record)}.`;
    case 'copy':
      return `Copied: ${body} passed through a buffer in user space.`;
    case 'none':
      return 'No body was sent: the head of the answer says it all.';
    default:
      return `The server calls the path “${record.ioPath}”: ${body}, ${copied(record)}.`;
  }
}

function calls(record) {
  const body = amount(record.bytes);
  return record.complete && record.bytes <= ONE_CALL ? `one writev for the head and ${body}` : `${body} by writev`;
}

/** Small amounts in full, others so that they can be read. */
const amount = (n) => (n === 1 ? '1 byte' : n < 1024 ? `${count(n)} bytes` : `${bytes(n)}`);

const copied = (record) => `${record.userCopiedBytes === 0 ? '0 bytes' : amount(record.userCopiedBytes)} copied in user space`;

function why(record) {
  const reason = because(record.reason);
  if (record.fallback) {
    return record.planned === record.ioPath
      ? `It was not carried quite as planned, because ${reason}.`
      : `${record.planned} was planned. It became ${record.ioPath}, because ${reason}.`;
  }
  return record.complete ? `Why: ${reason}.` : '';
}

function ending(record) {
  if (record.complete) {
    return '';
  }
  const told = record.fallback ? '' : `, because ${because(record.reason)}`;
  return `The answer did not reach its end: it was broken off after ${amount(record.bytes)}${told}.`;
}

function asked(record) {
  const coding = record.contentCoding ? `, coded as ${record.contentCoding}` : '';
  const status = `${record.status} ${phrase(record.status)}`.trim();
  return `${record.client} asked at ${clock(record.time)} over ${record.protocol} and got ${status}${coding} in ${micros(record.durationMicros)}.`;
}
