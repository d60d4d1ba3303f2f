/**
 * @typedef {object} Patch
 * @property {string} file relative to mediasoup's `worker` folder
 * @property {string} find the text to replace; it must be there exactly once
 * @property {string} replace
 */

/**
 * What has to change in mediasoup's sources for a build against the distribution's libraries.
 *
 * @type {readonly Patch[]}
 */
export const patches = [
  {
    // This BIO callback says 1 ("go on") before an operation and must return the operation's own result
    // after it. It takes only a plain BIO_CB_RETURN for the latter, but OpenSSL adds that flag to the
    // operation (BIO_CB_RETURN | BIO_CB_CTRL), so every control operation seems to answer 1. An OpenSSL
    // built with kernel TLS asks in that way whether the kernel encrypts, is told that it does,
    // allocates no write buffer, and the worker crashes in its first DTLS handshake. mediasoup's own
    // build has no kernel TLS.
    file: 'src/RTC/DtlsTransport.cpp',
    find: '(operationType == BIO_CB_RETURN)',
    replace: '((operationType & BIO_CB_RETURN) != 0)',
  },
];
