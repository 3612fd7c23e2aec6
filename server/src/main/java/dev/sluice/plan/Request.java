package dev.sluice.plan;

import dev.sluice.http.Method;
import java.time.Instant;

/**
 * What a plan depends on in a request, its target aside.
 *
 * @param method the method
 * @param receivedAt when the request arrived, by the clock that dates the response
 * @param conditions the conditional and partial fields
 */
public record Request(Method method, Instant receivedAt, Conditions conditions) {}
