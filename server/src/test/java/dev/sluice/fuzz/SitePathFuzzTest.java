package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.http.MalformedPathException;
import dev.sluice.http.SitePath;
import java.nio.charset.StandardCharsets;

class SitePathFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void parse_anyOctets_areRefusedOrOneCanonicalPath(byte[] octets) throws MalformedPathException {
        SitePath path;
        try {
            path = SitePath.parse(new String(octets, StandardCharsets.ISO_8859_1));
        } catch (MalformedPathException refused) {
            return;
        }
        for (String segment : path.segments()) {
            assertFalse(segment.isEmpty() || segment.equals(".") || segment.equals(".."), path::encoded);
            assertTrue(segment.chars().noneMatch(c -> c < ' ' || c == 0x7f), path::encoded);
            assertFalse(path.servable() && segment.contains("/"), path::encoded);
        }
        SitePath again = SitePath.parse(path.encoded());
        assertEquals(path.encoded(), again.encoded());
        assertEquals(path.segments(), again.segments());
        assertEquals(path.directory(), again.directory());
    }
}
