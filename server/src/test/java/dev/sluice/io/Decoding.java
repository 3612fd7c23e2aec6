package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.InstalledTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Takes codings apart again. */
public final class Decoding {
    private Decoding() {}

    /** By the library that made it; all of it, with nothing left over. */
    public static byte[] of(Codec codec, byte[] coded) throws IOException {
        ByteArrayInputStream source = new ByteArrayInputStream(coded);
        try (InputStream decoded = open(codec, source)) {
            byte[] body = decoded.readAllBytes();
            assertEquals(-1, source.read());
            return body;
        }
    }

    private static InputStream open(Codec codec, InputStream source) throws IOException {
        return switch (codec) {
            case BROTLI -> {
                Brotli4jLoader.ensureAvailability();
                yield new BrotliInputStream(source);
            }
            case ZSTD -> new ZstdInputStream(source);
            case GZIP -> new GZIPInputStream(source);
        };
    }

    /** By the command of that name; skips the test where there is none, but not in CI. */
    static byte[] byCommand(Codec codec, byte[] coded) throws IOException, InterruptedException {
        String name = codec == Codec.BROTLI ? "brotli" : codec.token();
        InstalledTool.required(name);
        Path in = Files.createTempFile("sluice-coded-", "." + codec.token());
        Path out = Files.createTempFile("sluice-decoded-", "");
        try {
            Files.write(in, coded);
            Process process = new ProcessBuilder(name, "-d", "-c")
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .start();
            assertEquals(0, process.waitFor(), name);
            assertNotEquals(0, Files.size(out));
            return Files.readAllBytes(out);
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }
}
