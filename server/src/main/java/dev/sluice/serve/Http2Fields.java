package dev.sluice.serve;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;

/** Finds what makes a request of HTTP/2 malformed and Undertow lets pass: it looks at names, and only at some of those. */
final class Http2Fields {
    /** Fields about the connection; there is none of its own for each request (RFC 9113 §8.2.2). */
    private static final List<HttpString> OF_CONNECTIONS = List.of(
            Headers.CONNECTION,
            new HttpString("keep-alive"),
            new HttpString("proxy-connection"),
            Headers.TRANSFER_ENCODING,
            Headers.UPGRADE);

    private Http2Fields() {}

    static boolean malformed(HeaderMap fields) {
        for (HttpString name : OF_CONNECTIONS) {
            if (fields.contains(name)) {
                return true;
            }
        }
        for (HeaderValues values : fields) {
            for (String value : values) {
                if (!sound(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Neither NUL nor a line end anywhere, which would be another field further on (RFC 9113 §8.2.1). */
    private static boolean sound(String value) {
        return value.indexOf('\0') < 0 && value.indexOf('\r') < 0 && value.indexOf('\n') < 0;
    }
}
