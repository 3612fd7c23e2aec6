package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Every promise in {@code docs/http.md} names the tests that show it, and these exist. */
final class HttpPromisesTest {
    private static final Path PROMISES = Path.of("docs", "http.md");
    private static final Pattern NAMED = Pattern.compile("`([a-z0-9]+(?:\\.[a-z0-9]+)*\\.[A-Z]\\w*)\\.(\\w+_\\w+)`");

    @Test
    void promises_all_nameTestsThatExist() throws IOException {
        String text = Files.readString(PROMISES);
        assertEquals(List.of(), problems(text));
        assertTrue(promises(text).size() > 60, () -> promises(text).size() + " promises");
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
                problems(text));
    }

    private static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        for (String promise : promises(text)) {
            Matcher named = NAMED.matcher(promise);
            boolean any = false;
            while (named.find()) {
                any = true;
                problemWith(named.group(1), named.group(2)).ifPresent(problems::add);
            }
            if (!any) {
                problems.add("no test: " + promise);
            }
        }
        return problems;
    }

    private static Optional<String> problemWith(String name, String method) {
        try {
            Class<?> type = Class.forName("dev.sluice." + name, false, HttpPromisesTest.class.getClassLoader());
            boolean there = Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(one -> one.getName().equals(method) && isTest(one));
            return there ? Optional.empty() : Optional.of("no such test: " + name + '.' + method);
        } catch (ClassNotFoundException e) {
            return Optional.of("no such class: " + name);
        }
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class)
                || method.isAnnotationPresent(ParameterizedTest.class)
                || method.isAnnotationPresent(Property.class);
    }

    /** The items of all lists, each in one line. */
    private static List<String> promises(String text) {
        List<String> promises = new ArrayList<>();
        boolean inside = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("- ")) {
                promises.add(line.substring(2));
                inside = true;
            } else if (inside && line.startsWith("  ")) {
                int last = promises.size() - 1;
                promises.set(last, promises.get(last) + ' ' + line.strip());
            } else {
                inside = false;
            }
        }
        return promises;
    }
}
