package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.EntityTagCondition.Any;
import dev.sluice.http.EntityTagCondition.OneOf;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagConditionTest {
    private static final EntityTag A = new EntityTag(false, "a");
    private static final EntityTag WEAK_B = new EntityTag(true, "b");

    @ParameterizedTest
    @ValueSource(strings = {"*", " * ", "\t*"})
    void parse_star_isAny(String value) {
        assertEquals(new Any(), EntityTagCondition.parse(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\",W/\"b\"", " \"a\" , W/\"b\" ", ",, \"a\",\t,W/\"b\",", "\"a\"\t,W/\"b\""})
    void parse_list_keepsTheTags(String value) {
        assertEquals(new OneOf(List.of(A, WEAK_B)), EntityTagCondition.parse(value));
    }

    @Test
    void parse_commaInsideQuotes_doesNotSeparate() {
        assertEquals(new OneOf(List.of(new EntityTag(false, "a,b"), A)), EntityTagCondition.parse("\"a,b\", \"a\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ",", "a", "\"a", "\"a\", x", "\"a\" \"b\"", "\"a\"\"b\"", "*, \"a\"", "\"a\", *", "**"})
    void parse_malformed_matchesNothing(String value) {
        assertEquals(new OneOf(List.of()), EntityTagCondition.parse(value));
        assertFalse(EntityTagCondition.parse(value).strongMatch(A));
        assertFalse(EntityTagCondition.parse(value).weakMatch(A));
    }

    @Test
    void match_weakTags_onlyWeakly() {
        EntityTagCondition list = EntityTagCondition.parse("\"x\", W/\"b\"");
        assertFalse(list.strongMatch(WEAK_B));
        assertFalse(list.strongMatch(new EntityTag(false, "b")));
        assertTrue(list.weakMatch(WEAK_B));
        assertTrue(list.weakMatch(new EntityTag(false, "b")));
        assertTrue(new Any().strongMatch(WEAK_B));
        assertTrue(new Any().weakMatch(A));
    }

    @Property
    void parse_renderedList_givesItBack(@ForAll("tagLists") List<EntityTag> tags) {
        String value = tags.stream().map(EntityTag::toString).collect(Collectors.joining(" ,"));
        assertEquals(new OneOf(tags), EntityTagCondition.parse(value));
    }

    @Provide
    Arbitrary<List<EntityTag>> tagLists() {
        Arbitrary<String> opaque =
                Arbitraries.strings().withChars("a,*W/!~\u00e9").ofMaxLength(4);
        return opaque.flatMap(text -> Arbitraries.of(true, false).map(weak -> new EntityTag(weak, text)))
                .list()
                .ofMaxSize(5);
    }
}
