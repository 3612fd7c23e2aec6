package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.http.HeaderFields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields of the Fetch standard's CORS protocol. */
final class CorsTest {
    private static final HeaderFields OTHERS =
            HeaderFields.builder().add("Vary", "Accept-Encoding").build();
    private static final Cors ALL = cors(List.of("*"), List.of(), false);
    private static final Cors SOME = cors(List.of("https://a.example", "https://b.example"), List.of("ETag"), false);
    private static final Cors ALL_WITH_COOKIES = cors(List.of("*"), List.of("ETag", "X-B"), true);

    private static Cors cors(List<String> origins, List<String> expose, boolean credentials) {
        return new Cors(origins, List.of("GET", "HEAD"), List.of("X-Asked"), expose, credentials, 600);
    }

    @Test
    void share_openToAll_isTheSameForEverybody() {
        for (String origin : new String[] {null, "https://a.example", "null"}) {
            assertEquals(
                    "Vary: Accept-Encoding\nAccess-Control-Allow-Origin: *",
                    ALL.share(OTHERS, origin).toString());
        }
        assertEquals(true, ALL.constant());
    }

    @Test
    void share_welcomeOrigin_isNamedAndVaries() {
        assertEquals("""
                Vary: Accept-Encoding
                Vary: Origin
                Access-Control-Allow-Origin: https://b.example
                Access-Control-Expose-Headers: ETag""", SOME.share(OTHERS, "https://b.example").toString());
        assertEquals(false, SOME.constant());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "null", "https://c.example", "https://a.example.evil", "HTTPS://a.example", "*", "''"})
    void share_strangeOrigin_isToldNothingButVaries(String origin) {
        assertEquals(
                "Vary: Accept-Encoding\nVary: Origin",
                SOME.share(OTHERS, origin).toString());
    }

    /** With credentials a star means nothing (Fetch §3.2.5), so the origin itself is named. */
    @Test
    void share_openToAllWithCredentials_namesTheOrigin() {
        assertEquals("""
                Vary: Accept-Encoding
                Vary: Origin
                Access-Control-Allow-Origin: https://x.example
                Access-Control-Allow-Credentials: true
                Access-Control-Expose-Headers: ETag, X-B""", ALL_WITH_COOKIES.share(OTHERS, "https://x.example").toString());
        assertEquals(false, ALL_WITH_COOKIES.constant());
    }

    @Test
    void preflight_welcomeOrigin_getsLeave() {
        Plan plan = Planner.preflight(SOME, "https://a.example");
        assertEquals(204, plan.status());
        assertEquals(new Body.None(), plan.body());
        assertEquals(Reasons.PREFLIGHT, plan.reason());
        assertEquals("""
                Vary: Origin
                Access-Control-Allow-Origin: https://a.example
                Access-Control-Allow-Methods: GET, HEAD
                Access-Control-Allow-Headers: X-Asked
                Access-Control-Max-Age: 600""", plan.fields().toString());
    }

    @Test
    void preflight_strangeOrigin_getsNone() {
        assertEquals(
                "Vary: Origin",
                Planner.preflight(SOME, "https://c.example").fields().toString());
        assertEquals("Vary: Origin", Planner.preflight(SOME, null).fields().toString());
    }

    @Test
    void preflight_nothingAskedBeyondTheUsual_namesNoFields() {
        Cors bare = new Cors(List.of("*"), List.of("GET"), List.of(), List.of("ETag"), false, 0);
        assertEquals("""
                Access-Control-Allow-Origin: *
                Access-Control-Allow-Methods: GET
                Access-Control-Max-Age: 0""", Planner.preflight(bare, "https://x.example").fields().toString());
    }
}
