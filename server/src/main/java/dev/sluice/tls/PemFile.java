package dev.sluice.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of labelled blocks in Base64 (RFC 7468). Text between the blocks is ignored, as §2 allows.
 *
 * @param path of the file
 * @param blocks in the order of the file
 */
record PemFile(Path path, List<Block> blocks) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /**
     * One block.
     *
     * @param label such as {@code CERTIFICATE}
     * @param text its lines, with line ends
     */
    record Block(String label, String text) {
        /**
         * What is encoded in it.
         *
         * @throws IllegalArgumentException if this is not Base64
         */
        byte[] content() {
            return Base64.getMimeDecoder().decode(text);
        }
    }

    /**
     * Reads a file.
     *
     * @param what the file is to hold, for messages
     */
    static PemFile read(Path path, String what) throws TlsException {
        String text = new String(InputFile.read(path, what), StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return new PemFile(path, List.copyOf(blocks));
    }
}
