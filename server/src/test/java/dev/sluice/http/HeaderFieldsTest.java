package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.http.HeaderFields.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderFieldsTest {
    @Test
    void iterator_addedFields_keepTheirOrder() {
        HeaderFields more = HeaderFields.builder().add("C", "3").build();
        HeaderFields fields =
                HeaderFields.builder().add("B", "1").add("A", "2").addAll(more).build();
        List<Field> seen = new ArrayList<>();
        fields.forEach(seen::add);
        assertEquals(List.of(new Field("B", "1"), new Field("A", "2"), new Field("C", "3")), seen);
        assertEquals(3, fields.size());
    }

    @Test
    void get_otherCase_findsTheFirst() {
        HeaderFields fields =
                HeaderFields.builder().add("ETag", "\"a\"").add("etag", "\"b\"").build();
        assertEquals(Optional.of("\"a\""), fields.get("ETAG"));
        assertEquals(Optional.empty(), fields.get("ETa"));
    }

    @Test
    void build_laterAdds_changeNothing() {
        HeaderFields.Builder builder = HeaderFields.builder().add("A", "1");
        HeaderFields fields = builder.build();
        builder.add("B", "2");
        assertEquals(1, fields.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\0b", "\u007f", "\u0100", "/\r\nSet-Cookie: x=1"})
    void add_controlInValue_isRefused(String value) {
        assertThrows(
                IllegalArgumentException.class, () -> HeaderFields.builder().add("Location", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "A B", "A:", "A\n", "é", "(A)"})
    void add_nameThatIsNoToken_isRefused(String name) {
        assertThrows(
                IllegalArgumentException.class, () -> HeaderFields.builder().add(name, "x"));
    }
}
