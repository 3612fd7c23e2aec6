package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every promise in {@code docs/http.md} names the tests that show it, and these exist. */
final class HttpPromisesTest {
    private static final Path PROMISES = Path.of("docs", "http.md");

    @Test
    void promises_all_nameTestsThatExist() throws IOException {
        String text = Files.readString(PROMISES);
        assertEquals(List.of(), Promises.in(text).problems());
        assertTrue(Promises.in(text).count() > 60, () -> Promises.in(text).count() + " promises");
    }

    @Test
    void problems_promiseWithoutTestOrWithOneThatIsNone_areFound() {
        String text = """
                # Promises
                - One that is kept. `http.MethodTest.of_ownName_isThatMethod`
                - One that nobody
                  shows.

                - One with a test that is gone.
                  `http.MethodTest.any_test_isGone`
                - One with a class that is gone. `e2e.NoSuchTest.get_any_isFine`
                """;
        assertEquals(
                List.of(
                        "no test: One that nobody shows.",
                        "no such test: http.MethodTest.any_test_isGone",
                        "no such class: e2e.NoSuchTest"),
                Promises.in(text).problems());
    }
}
