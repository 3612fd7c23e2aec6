/** The I/O paths: their order in charts and lists, and what each does, in words. */

/** @type {ReadonlyArray<string>} from the one that copies nothing to the one without a body */
export const PATHS = Object.freeze(['mmap', 'sendfile', 'direct', 'cow', 'copy', 'none']);

const MEANINGS = {
  mmap: 'from a mapped region to the socket by writev',
  sendfile: 'from the file to the socket by the kernel',
  direct: 'past the page cache, through aligned buffers',
  cow: 'from a private mapping, only the patched pages copied',
  copy: 'through a buffer in user space',
  none: 'no body',
};

/** What a path does, in a few words; empty for one that this page does not know. */
export const meaning = (path) => (Object.hasOwn(MEANINGS, path) ? MEANINGS[path] : '');

const STATUSES = {
  200: 'OK',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  410: 'Gone',
  412: 'Precondition Failed',
  414: 'URI Too Long',
  416: 'Range Not Satisfiable',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** A status code's reason phrase, or nothing. */
export const phrase = (status) => STATUSES[status] ?? '';
