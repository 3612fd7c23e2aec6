/** One request in detail: in words first, then field by field. */

import { byId, h, say } from './dom.js';
import { count, micros } from './format.js';
import { meaning, phrase } from './names.js';
import { because } from './reasons.js';
import { story } from './words.js';

let shown = null;

/** Opens the dialog on a record. */
export function showDetail(record) {
  shown = record;
  say(byId('detail-title'), `${record.method} ${record.path}`);
  byId('detail-words').replaceChildren(...story(record).map((sentence, i) => {
    const line = h('p', i === 0 ? { class: 'lead', id: 'detail-lead' } : {});
    say(line, sentence);
    return line;
  }));
  byId('detail-fields').replaceChildren(...fields(record).map(([name, value]) => {
    const pair = h('div', {}, h('dt', {}, name), h('dd', {}));
    say(pair.lastChild, value);
    return pair;
  }));
  byId('detail').showModal();
  byId('detail-close').focus();
}

function fields(record) {
  return [
    ['Number', record.id],
    ['Time', record.time],
    ['Client', record.client],
    ['Protocol', record.protocol],
    ['Site', record.site],
    ['Status', `${record.status} ${phrase(record.status)}`],
    ['Planned', `${record.planned}: ${meaning(record.planned)}`],
    ['Carried by', `${record.ioPath}: ${meaning(record.ioPath)}`],
    ['Fallback', record.fallback ? 'yes' : 'no'],
    ['Reason', `${record.reason}: ${because(record.reason)}`],
    ['Bytes', count(record.bytes)],
    ['Copied in user space', count(record.userCopiedBytes)],
    ['Took', micros(record.durationMicros)],
    ['Content coding', record.contentCoding ?? 'identity'],
    ['Complete', record.complete === false ? 'no' : 'yes'],
  ].filter(([, value]) => value !== undefined && value !== null);
}

/** Wires the dialog. @param {function(string, string, string=): void} explain asks how a path, method and site would be answered */
export function initDetail(explain) {
  const dialog = byId('detail');
  byId('detail-close').addEventListener('click', () => dialog.close());
  byId('detail-explain').addEventListener('click', () => {
    dialog.close();
    explain(shown.path, shown.method, shown.site);
  });
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    if (document.activeElement === document.body) {
      byId('pause').focus();
    }
  });
}
