package dev.sluice.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NaturalOrderTest {
    private final NaturalOrder order = new NaturalOrder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a B c D",
                "page1 page2 page10 page20",
                "Page1 page2 PAGE10",
                "v1.2.9 v1.2.10 v1.10.0",
                "1 2 10 a",
                "007a 7b 70",
                "x x1 x1y",
                "99999999999999999998 99999999999999999999 100000000000000000000",
                "a.txt a1.txt ab.txt",
                "é.txt É2.txt",
                "A01 A1 a1",
            })
    void sort_shuffledNames_comesToTheOrderOfPeople(String sorted) {
        List<String> expected = Arrays.asList(sorted.split(" "));
        List<String> names = new ArrayList<>(expected);
        Collections.reverse(names);
        names.sort(order);
        assertEquals(expected, names);
    }

    @Property
    void compare_anyNames_isATotalOrder(
            @ForAll("names") String a, @ForAll("names") String b, @ForAll("names") String c) {
        assertEquals(Integer.signum(order.compare(a, b)), -Integer.signum(order.compare(b, a)));
        assertEquals(a.equals(b), order.compare(a, b) == 0);
        List<String> three = new ArrayList<>(List.of(a, b, c));
        three.sort(order);
        assertTrue(order.compare(three.get(0), three.get(2)) <= 0);
        if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
            assertTrue(order.compare(a, c) <= 0, () -> a + " <= " + b + " <= " + c);
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("01aAbZ_.-é9").ofMaxLength(6);
    }
}
