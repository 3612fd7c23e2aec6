package dev.sluice.serve;

import dev.sluice.http.HeaderFields;
import dev.sluice.plan.Plan;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;

/** A plan's status and fields in Undertow's terms, made once and put on as many responses as there are. */
final class Head {
    private final int status;
    private final HttpString[] names;
    private final String[] values;

    /** Where {@code Strict-Transport-Security} stands, which may not be sent in clear text (RFC 6797 §7.2); or -1. */
    private final int secureOnly;

    private Head(int status, HttpString[] names, String[] values, int secureOnly) {
        this.secureOnly = secureOnly;
        this.status = status;
        this.names = names;
        this.values = values;
    }

    static Head of(Plan plan) {
        HttpString[] names = new HttpString[plan.fields().size()];
        String[] values = new String[names.length];
        int i = 0;
        int secureOnly = -1;
        for (HeaderFields.Field field : plan.fields()) {
            secureOnly = secureOnly(field.name()) ? i : secureOnly;
            names[i] = HttpString.tryFromString(field.name());
            values[i++] = field.value();
        }
        return new Head(plan.status(), names, values, secureOnly);
    }

    /** Whether a field is left out of responses in clear text. */
    static boolean secureOnly(String name) {
        return name.equalsIgnoreCase(Headers.STRICT_TRANSPORT_SECURITY_STRING);
    }

    void putOn(HttpServerExchange exchange) {
        exchange.setStatusCode(status);
        HeaderMap headers = exchange.getResponseHeaders();
        boolean secure = secureOnly < 0 || exchange.isSecure();
        for (int i = 0; i < names.length; i++) {
            if (secure || i != secureOnly) {
                headers.add(names[i], values[i]);
            }
        }
    }
}
