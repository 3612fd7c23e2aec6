package dev.sluice.h2;

import io.undertow.protocols.http2.HpackDecoder;
import io.undertow.protocols.http2.HpackException;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Decodes the header blocks of one connection (RFC 7541), in their order, with Undertow's decoder. */
final class ResponseFields {
    private static final int TABLE_SIZE = 4096;

    private final HpackDecoder decoder = new HpackDecoder(TABLE_SIZE);

    Map<String, List<String>> decode(byte[] block) {
        Map<String, List<String>> fields = new TreeMap<>();
        decoder.setHeaderEmitter((HttpString name, String value, boolean neverIndex) -> fields.computeIfAbsent(
                        name.toString().toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .add(value));
        try {
            decoder.decode(ByteBuffer.wrap(block), false);
        } catch (HpackException e) {
            throw new AssertionError(e);
        }
        return fields;
    }
}
