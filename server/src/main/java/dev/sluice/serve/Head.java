package dev.sluice.serve;

import dev.sluice.http.HeaderFields;
import dev.sluice.http.HttpDate;
import dev.sluice.plan.Plan;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan's status and fields in Undertow's terms, made once and put on as many responses as there are. */
final class Head {
    /** Fields with which a plan would interfere with what the server itself says of the connection and the time. */
    private static final Set<String> SERVERS_OWN = Set.of("date", "connection", "transfer-encoding");

    private final int status;
    private final HttpString[] names;
    private final String[] values;

    /** Where {@code Strict-Transport-Security} stands, which may not be sent in clear text (RFC 6797 §7.2); or -1. */
    private final int secureOnly;

    private final @Nullable String contentCoding;

    private Head(int status, HttpString[] names, String[] values, int secureOnly, @Nullable String contentCoding) {
        this.secureOnly = secureOnly;
        this.contentCoding = contentCoding;
        this.status = status;
        this.names = names;
        this.values = values;
    }

    static Head of(Plan plan) {
        HttpString[] names = new HttpString[plan.fields().size()];
        String[] values = new String[names.length];
        int i = 0;
        int secureOnly = -1;
        String contentCoding = null;
        for (HeaderFields.Field field : plan.fields()) {
            secureOnly = secureOnly(field.name()) ? i : secureOnly;
            names[i] = HttpString.tryFromString(field.name());
            contentCoding = Headers.CONTENT_ENCODING.equals(names[i]) ? field.value() : contentCoding;
            values[i++] = field.value();
        }
        return new Head(plan.status(), names, values, secureOnly, contentCoding);
    }

    /** Whether a field is left out of responses in clear text. */
    static boolean secureOnly(String name) {
        return name.equalsIgnoreCase(Headers.STRICT_TRANSPORT_SECURITY_STRING);
    }

    /** Whether {@link #octets} is all there is to say. */
    boolean repeatable() {
        for (HttpString name : names) {
            if (SERVERS_OWN.contains(name.toString().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    /** The value of {@code Content-Encoding}, or null. */
    @Nullable
    String contentCoding() {
        return contentCoding;
    }

    /** Whether it is another one over TLS. */
    boolean secureDiffers() {
        return secureOnly >= 0;
    }

    /**
     * The head as HTTP/1.1 writes it (RFC 9112 §2.1), up to the value of {@code Date}, its last field.
     *
     * @param secure whether it goes over TLS
     */
    byte[] octets(boolean secure) {
        StringBuilder out = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(StatusCodes.getReason(status))
                .append("\r\n");
        for (int i = 0; i < names.length; i++) {
            if (secure || i != secureOnly) {
                out.append(names[i]).append(": ").append(values[i]).append("\r\n");
            }
        }
        return out.append("Date: ").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    void putOn(HttpServerExchange exchange) {
        exchange.setStatusCode(status);
        HeaderMap headers = exchange.getResponseHeaders();
        // As Undertow would, but its format of dates loads a locale, which takes the first answer 5 % longer.
        headers.put(Headers.DATE, HttpDate.format(Instant.now()));
        boolean secure = secureOnly < 0 || exchange.isSecure();
        for (int i = 0; i < names.length; i++) {
            if (secure || i != secureOnly) {
                headers.add(names[i], values[i]);
            }
        }
    }
}
