/**
 * What a server proves its name with: PEM files in, an {@link javax.net.ssl.SSLContext} out, and one clear line for each way
 * in which the files can be wrong.
 */
@NullMarked
package dev.sluice.tls;

import org.jspecify.annotations.NullMarked;
