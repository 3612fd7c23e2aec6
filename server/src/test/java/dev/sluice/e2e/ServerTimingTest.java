package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Server-Timing} tells the client the path; and the record says the same. */
class ServerTimingTest {
    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard(), "serverTiming=true");

    @ParameterizedTest
    @CsvSource({
        "GET, /small.txt, mmap",
        "GET, /large.bin, sendfile",
        "GET, /empty.txt, none",
        "HEAD, /large.bin, none",
        "GET, /nothing, copy",
        "GET, /dir, none",
        "OPTIONS, /small.txt, none",
        "POST, /small.txt, copy",
    })
    void response_anyKind_tellsThePathThatTheRecordTells(String method, String path, String ioPath) {
        String carried = E2eTransport.current().carried(ioPath);
        server.given().request(method, path).then().header("Server-Timing", equalTo("io;desc=\"" + carried + '"'));
        assertEquals(carried, server.served().ioPath());
    }

    @Test
    void response_byDefault_tellsNothing() {
        try (TestServer silent = TestServer.start(TestSite.standard())) {
            silent.given().get(TestSite.SMALL).then().header("Server-Timing", nullValue());
        }
    }
}
