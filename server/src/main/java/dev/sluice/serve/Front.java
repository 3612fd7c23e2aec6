package dev.sluice.serve;

import io.undertow.server.HttpHandler;
import org.jspecify.annotations.Nullable;

/**
 * What answers the requests of a listener.
 *
 * @param handler of every request
 * @param fastPaths which take some requests of HTTP/1.1 before they reach the handler, or null for none
 */
public record Front(HttpHandler handler, @Nullable FastPaths fastPaths) {}
