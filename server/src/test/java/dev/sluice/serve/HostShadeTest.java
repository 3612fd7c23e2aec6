package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parser sees of Host. In the table {@code ~} stands for CRLF. */
class HostShadeTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "GET / HTTP/1.1~Host: a~~, GET / HTTP/1.1~Host: a~~",
                "OPTIONS * HTTP/1.1~Host: a~~, OPTIONS * HTTP/1.1~Host: a~~",
                "GET http://b/ HTTP/1.1~Host: a~~, GET http://b/ HTTP/1.1~Host: h~~",
                "GET HTTP://b/ HTTP/1.1~X: y~hOsT:a.example:80~~, GET HTTP://b/ HTTP/1.1~X: y~hOsT:H           ~~",
                "GET http://b/ HTTP/1.1~Host: [::1]:80 ~Y: z~~, GET http://b/ HTTP/1.1~Host: h        ~Y: z~~",
                // What is none of its business: fields like it, other lines, what comes after the head
                "GET http://b/ HTTP/1.1~Hosts: a~Hos: a~XHost: a~X: Host: a~~, GET http://b/ HTTP/1.1~Hosts: a~Hos: a~XHost: a~X: Host: a~~",
                "GET http://b/ HTTP/1.1~X: y~~Host: a~~, GET http://b/ HTTP/1.1~X: y~~Host: a~~",
                // What the parser is to refuse
                "GET http://b/ HTTP/1.1~Host: a b~~, GET http://b/ HTTP/1.1~Host: h b~~",
                "GET http://b/ HTTP/1.1~Host: a/c~~, GET http://b/ HTTP/1.1~Host: h/c~~",
                "GET http://b/ HTTP/1.1~Host: a~Host: c~~, GET http://b/ HTTP/1.1~Host: h~Host: h~~",
                "GET http://b/ HTTP/1.1~Host:~~, GET http://b/ HTTP/1.1~Host:~~",
            })
    void pass_anyParts_hidesTheHostThatTheTargetOverrides(String received, String seen) {
        byte[] octets = received.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        for (int cut = 0; cut <= octets.length; cut++) {
            ByteBuffer buffer = ByteBuffer.wrap(octets.clone());
            HostShade shade = new HostShade();
            shade.pass(buffer, 0, cut);
            shade.pass(buffer, cut, octets.length);
            String after = new String(buffer.array(), StandardCharsets.ISO_8859_1);
            assertEquals(seen, after.replace("\r\n", "~"), "cut at " + cut);
        }
    }
}
