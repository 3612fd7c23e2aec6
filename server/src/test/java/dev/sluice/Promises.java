package dev.sluice;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** What a text promises in its lists, an item each, and the tests that it names for that: package, class and method below ours. */
final class Promises {
    private static final Pattern NAMED = Pattern.compile("`((?:[a-z0-9]+\\.)*[A-Z]\\w*)\\.(\\w+_\\w+)`");

    private final List<String> promises;

    private Promises(List<String> promises) {
        this.promises = promises;
    }

    int count() {
        return promises.size();
    }

    /** Promises without a test, and tests that are none. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (String promise : promises) {
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
            Class<?> type = Class.forName("dev.sluice." + name, false, Promises.class.getClassLoader());
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
    static Promises in(String text) {
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
        return new Promises(promises);
    }
}
