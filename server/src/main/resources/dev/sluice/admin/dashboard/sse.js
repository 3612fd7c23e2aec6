/** Server-sent events from a response's body. EventSource would do, but cannot send a token. */

/**
 * Reads events until the body ends (HTML Living Standard §9.2.6).
 *
 * @param {ReadableStream<Uint8Array>} body
 * @param {function(): void} alive called whenever anything comes, comments too
 * @yields {{event: string, data: string}}
 */
export async function* events(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = blank();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      alive();
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line !== '') {
          take(event, line);
        } else {
          if (event.data.length > 0) {
            yield { event: event.name, data: event.data.join('\n') };
          }
          event = blank();
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

const blank = () => ({ name: 'message', data: [] });

function take(event, line) {
  const colon = line.indexOf(':');
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
  if (field === 'event') {
    event.name = value;
  } else if (field === 'data') {
    event.data.push(value);
  }
}
