/**
 * The protocol's words as small immutable values and parsers. Touches neither files nor sockets; imports only the JDK
 * and the JSON parser that reads the media type data set.
 */
@NullMarked
package dev.sluice.http;

import org.jspecify.annotations.NullMarked;
