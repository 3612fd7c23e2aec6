/**
 * The tokens by which a record says why its body took the path it took, in words. Each completes "because …", and stands alone
 * as well. The tokens are those of the server's plan and serve packages.
 */

const REASONS = {
  'small-body': 'the file is small enough to be held in a mapped region',
  'large-body': 'the file is too long for a region, so the kernel sends it',
  inflated: 'the file lies compressed in an archive and is inflated while it is sent',
  'huge-body': 'the file is long enough to be read past the page cache',
  'empty-body': 'the file has not a single byte',
  'several-ranges': 'several ranges were asked for, and go out in parts',
  dev: 'the site is served to its author, so the file is read anew, and HTML gets a script that loads it again',
  template: 'the page gets a nonce of its own in each response',
  'streaming-compression': 'the body is compressed while it is sent',
  listing: 'what is in the directory is written for this response',
  head: 'HEAD asks for the fields alone',
  options: 'OPTIONS asks what can be done here',
  'not-modified': 'the client holds this representation already',
  redirect: 'the resource has another path',
  rejected: 'the request is malformed or too large',
  unauthorized: 'a password is asked for, and none that is right was sent',
  denied: 'a rule denies what is at this path',
  'rule-redirect': 'a rule sends the client to another place',
  preflight: 'another origin asked what it may send (CORS)',
  'not-acceptable': 'the client takes none of the codings there are',
  misdirected: 'no site has this host name',
  'rate-limit': 'this client asks too often',
  maintenance: 'a rule closes this part of the site for now',
  missing: 'nothing is served at this path',
  method: 'the method is not served',
  precondition: 'the client meant another representation than the present one',
  'unsatisfiable-range': 'none of the ranges asked for exists',
  failed: 'the server could not read what this path names',
  unavailable: 'the server was too busy for the moment',
  'regions-busy': 'every region was being read, so the file was read into memory for this response alone',
  'not-admitted': 'the regions are full, and the file was not asked for twice within the window',
  'no-private-view': 'all private views of the page were taken, so it was copied to be patched',
  'single-byte': 'the body is a single byte of a large file, which is always copied',
  'direct-refused': 'the file system does not let the file be read past the page cache',
  'disk-busy': 'more large files were waiting for their disks than can wait',
  'not-resident': 'the file was not in memory, and a worker had to bring it in from the disk',
  changed: 'the file changed after its fields had been sent, so the connection was broken off',
  shrunk: 'the file became shorter while it was sent, so the connection was broken off',
  'client-gone': 'the client closed the connection, or the network failed',
  stalled: 'the client took nothing for as long as the write timeout',
  'out-of-descriptors': 'the server has as many files open as it may',
  'request-limit': 'as many requests were in flight as may be',
  'too-slow': 'the client took less than the minimum rate',
  'io-error': 'the file could not be read',
  'root-absent': 'the directory of the site could not be opened',
  unsettled: 'the file kept changing for as long as the request was kept waiting',
  'guarded-file': 'the file that answers this path is guarded by a rule on a path of its own',
  'template-too-large': 'the page has placeholders, but is too large to be held in memory',
  'directory-gone': 'the directory was deleted while it was looked at',
  'listings-busy': 'the memory set aside for listings was taken by others',
  'listing-too-large': 'the directory has more names than the memory set aside for listings can hold',
  'unknown-host': 'no site is served under this host',
  'malformed-host': 'the Host field holds no host',
  'malformed-path': 'the path is not one, or names no text',
  'malformed-target': 'the path or the query holds what a URI cannot hold',
  framing: 'it is in doubt where the request ends',
  'refused-by-parser': 'the request is not HTTP that can be parsed',
  closed: 'the handler was closed while it was answering, so the connection was broken off',
  'internal-error': 'of a fault of the server itself, which is in its log',
  tls: 'TLS encrypts in user space, so the body has to pass through a buffer there',
  http2: 'HTTP/2 frames the body in user space, so it has to pass through a buffer there',
  wrapped: 'something else in the application copies the body on its way, or may',
};

/**
 * A reason in words.
 *
 * @param {string} token
 * @returns {string} a clause without capital and full stop; the token itself, if this page does not know it
 */
export const because = (token) => (Object.hasOwn(REASONS, token) ? REASONS[token] : `the server says “${token}”`);
