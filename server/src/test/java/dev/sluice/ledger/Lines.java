package dev.sluice.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;

/** Reads a {@link LineBuffer} back. */
final class Lines {
    private Lines() {}

    static String of(LineBuffer buffer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            buffer.writeTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }
}
