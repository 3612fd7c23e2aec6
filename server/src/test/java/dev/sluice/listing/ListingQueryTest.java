package dev.sluice.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListingQueryTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&",
                "sort",
                "sort=colour",
                "sort=NAME",
                "order=up",
                "page=x",
                "page=-1",
                "page=0",
                "page=99999999999",
                "page=１",
                "readme=yes",
                "=1",
                "other=1",
                "%73ort=size",
            })
    void parse_badValue_isAsIfAbsent(String query) {
        assertEquals(ListingQuery.DEFAULT, ListingQuery.parse(query));
    }

    @ParameterizedTest
    @CsvSource({
        "sort=size, SIZE, true, 0, false",
        "sort=modified&order=desc, MODIFIED, false, 0, false",
        "order=desc&page=17&readme=1, NAME, false, 17, true",
        "page=2&page=3, NAME, true, 3, false",
        "a=b&page=4&sort=name&order=asc, NAME, true, 4, false",
    })
    void parse_goodValues_areTaken(String query, Sort sort, boolean ascending, int page, boolean readme) {
        ListingQuery parsed = ListingQuery.parse(query);
        assertEquals(new ListingQuery(sort, ascending, page, readme), parsed);
        assertEquals(parsed, ListingQuery.parse(parsed.reference().substring(1)));
    }

    @Test
    void clicked_sameColumn_turnsTheOrderRoundFromTheFirstPage() {
        ListingQuery bySize = ListingQuery.parse("sort=size&order=desc&page=3");
        assertEquals("?sort=size&order=asc", bySize.clicked(Sort.SIZE).reference());
        assertEquals("?sort=name&order=asc", bySize.clicked(Sort.NAME).reference());
        assertEquals("?sort=modified&order=desc", bySize.clicked(Sort.MODIFIED).reference());
    }

    @ParameterizedTest
    @CsvSource({
        "sort=name&order=asc, x10/ Y2/ a b C",
        "sort=name&order=desc, Y2/ x10/ C b a",
        "sort=size&order=asc, x10/ Y2/ b a C",
        "sort=size&order=desc, x10/ Y2/ a C b",
        "sort=modified&order=asc, Y2/ x10/ C a b",
        "sort=modified&order=desc, x10/ Y2/ b a C",
    })
    void entryOrder_mixedEntries_hasDirectoriesFirst(String query, String expected) {
        List<Entry> entries = new ArrayList<>(List.of(
                new Entry("C", false, 20, NOON),
                new Entry("b", false, 3, NOON.plusSeconds(2)),
                new Entry("Y2", true, 4096, NOON.minusSeconds(9)),
                new Entry("a", false, 20, NOON.plusSeconds(1)),
                new Entry("x10", true, 8192, NOON)));
        entries.sort(ListingQuery.parse(query).entryOrder());
        assertEquals(
                expected,
                String.join(
                        " ",
                        entries.stream()
                                .map(entry -> entry.directory() ? entry.name() + "/" : entry.name())
                                .toList()));
    }
}
