package dev.sluice.serve;

import dev.sluice.http.HeaderFields;
import dev.sluice.plan.Plan;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;

/** A plan's status and fields in Undertow's terms, made once and put on as many responses as there are. */
final class Head {
    private final int status;
    private final HttpString[] names;
    private final String[] values;

    private Head(int status, HttpString[] names, String[] values) {
        this.status = status;
        this.names = names;
        this.values = values;
    }

    static Head of(Plan plan) {
        HttpString[] names = new HttpString[plan.fields().size()];
        String[] values = new String[names.length];
        int i = 0;
        for (HeaderFields.Field field : plan.fields()) {
            names[i] = HttpString.tryFromString(field.name());
            values[i++] = field.value();
        }
        return new Head(plan.status(), names, values);
    }

    void putOn(HttpServerExchange exchange) {
        exchange.setStatusCode(status);
        HeaderMap headers = exchange.getResponseHeaders();
        for (int i = 0; i < names.length; i++) {
            headers.put(names[i], values[i]);
        }
    }
}
