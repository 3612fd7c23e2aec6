package dev.sluice.serve;

import dev.sluice.http.HeaderFields;
import dev.sluice.http.HttpDate;
import dev.sluice.plan.Body;
import dev.sluice.plan.Plan;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** An answer for which there is no exchange, since there is no request that could be read: its octets, the last on its connection. */
final class BareAnswer {
    private BareAnswer() {}

    /**
     * Writes down an answer.
     *
     * @param plan whose body is generated, or none
     */
    static byte[] octets(Plan plan) {
        StringBuilder out = new StringBuilder("HTTP/1.1 ")
                .append(plan.status())
                .append(' ')
                .append(StatusCodes.getReason(plan.status()))
                .append("\r\n");
        line(out, "Connection", "close");
        for (HeaderFields.Field field : plan.fields()) {
            line(out, field.name(), field.value());
        }
        line(out, "Date", HttpDate.format(Instant.now()));
        out.append("\r\n");
        if (plan.body() instanceof Body.Generated generated) {
            out.append(generated.text());
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }
}
