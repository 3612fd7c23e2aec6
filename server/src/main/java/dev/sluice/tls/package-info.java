/**
 * What a server proves its name with: files in PEM or PKCS #12 in, an {@link javax.net.ssl.SSLContext} out, now and
 * after each renewal, and one clear line for each way in which the files can be wrong.
 */
@NullMarked
package dev.sluice.tls;

import org.jspecify.annotations.NullMarked;
