package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.Await;
import dev.sluice.e2e.TestSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a browser fetches and keeps: downloads, whole and resumed, and coded text. */
@Timeout(180)
final class TransferIT {
    private static final int LARGE = 40 << 20;
    private static final int SOME = 9 << 20;

    /** The browser takes up by itself a download that ended too early, and asks for the rest as RFC 9110 §13.1.5 has it. */
    private static final String RESUMED = "206 sendfile";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.of(TestSite.empty()
            .file("/index.html", page("whole.bin", "cut.bin", "changed.bin"))
            .file("/whole.bin", TestSite.noise(LARGE))
            .file("/cut.bin", TestSite.noise(LARGE + 1))
            .file("/changed.bin", TestSite.noise(LARGE + 2))
            .file("/words.txt", "Of many words the same ones, again and again.\n".repeat(2_000)));

    private static String page(String... files) {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><title>Files</title>"
                + "<link rel=\"icon\" href=\"data:,\"><h1>Files</h1>\n");
        for (String file : files) {
            page.append("<a download href=\"")
                    .append(file)
                    .append("\">")
                    .append(file)
                    .append("</a>\n");
        }
        return page.toString();
    }

    @Test
    void download_ofALargeFile_isTheFileAndWentBySendfile() throws IOException {
        Path saved = chromium.download(sluice.site("/"), "whole.bin");

        assertEquals(checksum("/whole.bin"), Checksums.sha256(Files.readAllBytes(saved)));
        List<Told> records = sluice.records().atLeast(1, "/whole.bin");
        assertEquals(
                List.of("200 sendfile"), records.stream().map(Told::inShort).toList());
        assertEquals(LARGE, records.get(0).bytes());
        assertEquals(1, records.get(0).userCopiedBytes());
    }

    @Test
    void download_cutInTheMiddle_isResumedWithTheRestAndIsTheFile() throws IOException {
        try (CuttingRelay relay = new CuttingRelay(sluice.site("/"), SOME, () -> {})) {
            Path saved = chromium.download(relay.address("/"), "cut.bin");

            assertTrue(relay.hasCut());
            assertEquals(checksum("/cut.bin"), Checksums.sha256(Files.readAllBytes(saved)));
        }
        List<Told> records = sluice.records().atLeast(2, "/cut.bin");
        assertEquals(
                List.of("200 sendfile, broken off", RESUMED),
                records.stream().map(Told::inShort).toList());
        long rest = records.get(1).bytes();
        assertTrue(rest < LARGE + 1 - SOME / 2 && rest > LARGE / 2, "the rest: " + rest);
    }

    /** The rest of another version would be a corrupt file. */
    @Test
    void download_cutAndTheFileReplaced_isTheNewFileFromItsBeginning() throws IOException {
        byte[] other = TestSite.noise(LARGE + 3);
        try (CuttingRelay relay = new CuttingRelay(sluice.site("/"), SOME, () -> replace("/changed.bin", other))) {
            Path saved = chromium.download(relay.address("/"), "changed.bin");

            assertTrue(relay.hasCut());
            assertEquals(Checksums.sha256(other), Checksums.sha256(Files.readAllBytes(saved)));
        }
        List<Told> records = sluice.records().atLeast(2, "/changed.bin");
        assertFalse(records.get(0).complete());
        assertEquals("200 sendfile", records.get(records.size() - 1).inShort());
        assertEquals(other.length, records.get(records.size() - 1).bytes());
    }

    private static void replace(String path, byte[] content) {
        TestSite site = sluice.content();
        site.replace(path, content, site.modified().plusSeconds(10));
    }

    private static String checksum(String path) {
        try {
            return Checksums.sha256(Files.readAllBytes(sluice.content().at(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void text_codedAsBrotli_isDecodedToTheFile() {
        chromium.open(sluice.site("/"));

        Told coded = Await.present("a coded answer", () -> {
            assertEquals(checksum("/words.txt"), fetchedChecksum());
            return sluice.records().of("/words.txt").stream()
                    .filter(told ->
                            told.contentCoding() != null && told.contentCoding().equals("br"))
                    .findFirst();
        });

        assertEquals("200 mmap", coded.inShort());
        assertEquals(0, coded.userCopiedBytes());
        assertTrue(coded.bytes() < 1_000, "bytes: " + coded.bytes());
    }

    private static Object fetchedChecksum() {
        return chromium.run("""
                const response = await fetch('/words.txt', {cache: 'no-store'});
                const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
                return [...new Uint8Array(digest)].map((octet) => octet.toString(16).padStart(2, '0')).join('');
                """);
    }
}
