package dev.sluice.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.archive.ZipBytes.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchiveTest {
    private static final byte[] TEXT =
            "To be, or not to be, that is the question. ".repeat(5_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private Archive open(ZipBytes zip) throws IOException {
        return Archive.open(zip.to(folder.resolve("a.zip")));
    }

    private static ArchiveEntry entry(Archive archive, String name) {
        return assertInstanceOf(ArchiveEntry.class, archive.root().find(List.of(name.split("/"))), name);
    }

    private static byte[] all(FileChannel channel) throws IOException {
        try (channel) {
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until its end.
            }
            assertFalse(bytes.hasRemaining(), "ends before its size");
            assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
            return bytes.array();
        }
    }

    private static String text(Archive archive, String name) throws IOException {
        return new String(all(archive.content(entry(archive, name))), StandardCharsets.UTF_8);
    }

    @Test
    void open_storedAndDeflated_areFoundInDirectoriesOfTheirNames() throws IOException {
        Archive archive = open(new ZipBytes()
                .stored("index.html", "home")
                .add(Part.of("css/").mode(0040755))
                .deflated("css/deep/style.css", "body {}")
                .stored("gr\u00fc\u00dfe.txt", "dich")
                .stored("empty", ""));

        assertEquals("home", text(archive, "index.html"));
        assertEquals("body {}", text(archive, "css/deep/style.css"));
        assertEquals("dich", text(archive, "gr\u00fc\u00dfe.txt"));
        assertEquals("", text(archive, "empty"));
        assertEquals(
                Set.of("index.html", "css", "gr\u00fc\u00dfe.txt", "empty"),
                archive.root().names());
        ArchiveDirectory css =
                assertInstanceOf(ArchiveDirectory.class, archive.root().find(List.of("css")));
        assertEquals(ZipBytes.MODIFIED, css.modified());
        assertNull(assertInstanceOf(ArchiveDirectory.class, css.member("deep")).modified());
        assertNull(archive.root().find(List.of("css", "none")));
        assertNull(archive.root().find(List.of("index.html", "more")));
        assertNull(archive.leftOut());
        archive.release();
    }

    @Test
    void open_archiveOfTheJdk_holdsTheSame() throws IOException {
        Path file = folder.resolve("jdk.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 3_000; i++) {
                zip.putNextEntry(new ZipEntry("d" + i % 70 + "/e" + i + ".txt"));
                zip.write(("content " + i).getBytes(StandardCharsets.UTF_8));
            }
        }
        Archive archive = Archive.open(file);

        assertEquals(70, archive.root().names().size());
        for (int i = 0; i < 3_000; i += 7) {
            assertEquals("content " + i, text(archive, "d" + i % 70 + "/e" + i + ".txt"));
        }
        archive.release();
    }

    /** More than 16 bits can count, which the JDK writes as Zip64. */
    @Test
    void open_seventyThousandEntries_areAllThere() throws IOException {
        Path file = folder.resolve("many.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(0);
            for (int i = 0; i < 70_000; i++) {
                zip.putNextEntry(new ZipEntry("e" + i));
                zip.write(i);
            }
        }
        Archive archive = Archive.open(file);

        assertEquals(70_000, archive.root().names().size());
        assertArrayEquals(new byte[] {(byte) 69_999}, all(archive.content(entry(archive, "e69999"))));
        archive.release();
    }

    static Stream<ZipBytes> forms() {
        return Stream.of(
                new ZipBytes(),
                new ZipBytes().zip64(),
                new ZipBytes().comment("PK\5\6 is how an end begins, and here is none"),
                ZipBytes.behind("#!/bin/sh\nexec unzip $0\n".getBytes(StandardCharsets.US_ASCII)),
                ZipBytes.behind(new byte[5_000]).zip64().comment("both"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void open_everyForm_isRead(ZipBytes zip) throws IOException {
        Archive archive = open(zip.stored("a", "stored").deflated("b", TEXT));

        assertEquals("stored", text(archive, "a"));
        assertArrayEquals(TEXT, all(archive.content(entry(archive, "b"))));
        archive.release();
    }

    @Test
    void modified_withoutZone_isTakenForUtc_andTheExtendedTimeWins() throws IOException {
        Instant exact = Instant.parse("2025-01-02T03:04:05Z");
        Archive archive = open(new ZipBytes()
                .stored("dos", "x")
                .add(Part.of("unix").stored(new byte[1]).extendedTime(exact)));

        assertEquals(ZipBytes.MODIFIED, entry(archive, "dos").modified());
        assertEquals(exact, entry(archive, "unix").modified());
        archive.release();
    }

    static Stream<Arguments> leftOut() {
        byte[] x = {'x'};
        return Stream.of(
                Arguments.of(Part.of("../evil").stored(x), "a dot segment"),
                Arguments.of(Part.of("a/../../evil").stored(x), "a dot segment"),
                Arguments.of(Part.of("./evil").stored(x), "a dot segment"),
                Arguments.of(Part.of("..").stored(x), "a dot segment"),
                Arguments.of(Part.of("../").mode(0040755), "a dot segment"),
                Arguments.of(Part.of("/etc/passwd").stored(x), "an absolute"),
                Arguments.of(Part.of("//evil").stored(x), "an absolute"),
                Arguments.of(Part.of("a//evil").stored(x), "an absolute or empty"),
                Arguments.of(Part.of("").stored(x), "an absolute or empty"),
                Arguments.of(Part.of("..\\evil").stored(x), "a backslash"),
                Arguments.of(Part.of("C:\\evil").stored(x), "a backslash"),
                Arguments.of(Part.of("evil\0.txt").stored(x), "control character"),
                Arguments.of(Part.of("evil\n").stored(x), "control character"),
                Arguments.of(Part.of(new byte[] {'e', (byte) 0xc3, '('}).stored(x), "not UTF-8"),
                Arguments.of(Part.of("link").stored(x).mode(0120777), "a symbolic link"),
                Arguments.of(Part.of("pipe").stored(x).mode(0010644), "neither a file"),
                Arguments.of(Part.of("device").stored(x).mode(0020644), "neither a file"),
                Arguments.of(Part.of("secret").stored(x).flags(0x801), "encrypted"),
                Arguments.of(Part.of("packed").stored(x).method(14), "method 14"),
                Arguments.of(Part.of("liar").stored(x).size(2), "sizes"),
                Arguments.of(Part.of("good").stored(x), "more than one entry"),
                Arguments.of(Part.of("good/below").stored(x), "in the place of a directory"),
                Arguments.of(Part.of("good/").mode(0040755), "a file of the same name"),
                Arguments.of(Part.of("d").stored(x), "more than one entry"));
    }

    @ParameterizedTest
    @MethodSource("leftOut")
    void open_whatNothingMayFind_isLeftOutAndNamed(Part entry, String why) throws IOException {
        Archive archive = open(
                new ZipBytes().stored("good", "good").stored("d/inner", "inner").add(entry));

        String told = String.valueOf(archive.leftOut());
        assertTrue(told.contains(why), told);
        assertFalse(told.contains("\n"), told);
        boolean contested = told.startsWith("\"good\" (more");
        assertEquals(
                contested ? Set.of("d") : Set.of("good", "d"), archive.root().names());
        assertEquals("inner", text(archive, "d/inner"));
        archive.release();
    }

    static Stream<byte[]> damaged() {
        ZipBytes good = new ZipBytes().deflated("a", TEXT).stored("b", "b");
        byte[] whole = good.bytes();
        byte[] noHeader = whole.clone();
        int central = centralOf(whole);
        noHeader[central] = 'Q';
        byte[] farAway = whole.clone();
        farAway[whole.length - 6 + 3] = 0x7f;
        byte[] longName = whole.clone();
        longName[central + 29] = 0x7f;
        return Stream.of(
                new byte[0],
                "no archive at all".getBytes(StandardCharsets.US_ASCII),
                new byte[100_000],
                Arrays.copyOf(whole, whole.length - 1),
                Arrays.copyOf(whole, whole.length / 2),
                Arrays.copyOfRange(whole, central + 10, whole.length),
                noHeader,
                farAway,
                longName,
                good.bytes(1),
                good.bytes(3),
                new ZipBytes().add(Part.of("a").stored(TEXT).offset(1 << 30)).bytes(),
                new ZipBytes()
                        .zip64()
                        .add(Part.of("a").stored(TEXT).offset(Long.MAX_VALUE))
                        .bytes());
    }

    private static int centralOf(byte[] zip) {
        ByteBuffer end = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        return end.getInt(zip.length - 6);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void open_damagedArchive_isRefusedInOneLine(byte[] bytes) throws IOException {
        Path file = ZipBytes.write(bytes, folder.resolve("bad.zip"), Instant.now());

        String message = assertThrows(DamagedArchiveException.class, () -> Archive.open(file))
                .getMessage();
        assertFalse(message.isEmpty() || message.contains("\n"), message);
        assertEquals(0, descriptorsOf(file));
    }

    private static long descriptorsOf(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> {
                        try {
                            return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
                        } catch (IOException closed) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    @Test
    void open_noSuchFile_saysSo() {
        assertThrows(NoSuchFileException.class, () -> Archive.open(folder.resolve("gone.zip")));
    }

    @Test
    void add_moreNamesThanCanBeHeld_isRefused() throws IOException {
        ArchiveTree tree = new ArchiveTree(10);
        CentralHeader deep =
                new CentralHeader("a/".repeat(9) + "b", new ArchiveEntry(0, false, 0, 0, 0, Instant.EPOCH), null);
        tree.add(deep);

        CentralHeader more = new CentralHeader("c", deep.entry(), null);
        assertThrows(DamagedArchiveException.class, () -> tree.add(more));
    }

    static Stream<Part> lying() {
        return Stream.of(
                Part.of("a").stored(TEXT).crc(1),
                Part.of("a").deflated(TEXT).crc(1),
                Part.of("a").deflated(TEXT).size(TEXT.length - 1),
                Part.of("a").deflated(TEXT).size(1),
                Part.of("a").deflated(TEXT).size(TEXT.length + 1),
                Part.of("a").deflated(TEXT).cut(3),
                Part.of("a").stored(TEXT).method(8));
    }

    /** A zip bomb says that it is small, and would be large. */
    @ParameterizedTest
    @MethodSource("lying")
    void content_notWhatTheArchiveSays_isNeverGivenWhole(Part entry) throws IOException {
        Archive archive = open(new ZipBytes().add(entry));
        try (FileChannel content = archive.content(entry(archive, "a"))) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * TEXT.length);

            assertThrows(DamagedArchiveException.class, () -> {
                while (content.read(bytes) >= 0) {
                    // Until it is found out.
                }
            });
            assertTrue(bytes.position() < content.size(), bytes + " of " + content.size());
        }
        archive.release();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_anyPart_isThatPart(boolean deflated) throws IOException {
        byte[] noise = new byte[300_000];
        new Random(5).nextBytes(noise);
        Archive archive = open(deflated ? new ZipBytes().deflated("a", noise) : new ZipBytes().stored("a", noise));
        Random random = new Random(7);
        try (FileChannel channel = archive.content(entry(archive, "a"))) {
            for (int i = 0; i < 50; i++) {
                int from = random.nextInt(noise.length);
                ByteBuffer part = ByteBuffer.allocate(1 + random.nextInt(50_000));
                int read = channel.read(part, from);

                assertTrue(read > 0);
                assertArrayEquals(Arrays.copyOfRange(noise, from, from + read), Arrays.copyOf(part.array(), read));
            }
            assertEquals(-1, channel.read(ByteBuffer.allocate(1), noise.length));
        }
        archive.release();
    }

    @Test
    void gzip_deflatedEntry_isAGzipFileOfIt() throws IOException {
        Archive archive = open(new ZipBytes().deflated("a", TEXT));
        ArchiveEntry entry = entry(archive, "a");
        byte[] gzip = all(archive.gzip(entry));

        assertEquals(entry.gzipSize(), gzip.length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            assertArrayEquals(TEXT, in.readAllBytes());
        }
        archive.release();
    }

    /** What sendfile(2) and mincore(2) are given is the archive's own file. */
    @Test
    void transferTo_anyPart_isThatPart() throws IOException {
        Archive archive = open(new ZipBytes().deflated("a", TEXT).stored("b", TEXT));
        for (FileChannel channel : List.of(
                archive.gzip(entry(archive, "a")),
                archive.stored(entry(archive, "b")),
                archive.content(entry(archive, "b")))) {
            byte[] whole = new byte[(int) channel.size()];
            ByteBuffer into = ByteBuffer.wrap(whole);
            while (into.hasRemaining()) {
                assertTrue(channel.read(into, into.position()) > 0);
            }
            Path copy = folder.resolve("copy");
            for (int from : new int[] {0, 5, 10, 11, whole.length - 9, whole.length - 8, whole.length - 1}) {
                try (FileChannel out = FileChannel.open(
                        copy,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
                    long sent = 0;
                    long more = 1;
                    while (more > 0) {
                        more = channel.transferTo(from + sent, whole.length, out);
                        sent += more;
                    }
                }
                byte[] expected = Arrays.copyOfRange(whole, from, whole.length);
                assertArrayEquals(expected, Files.readAllBytes(copy), channel + " from " + from);
            }
            channel.close();
        }
        archive.release();
    }

    @Test
    void map_storedEntry_showsItsBytes() throws IOException {
        Archive archive = open(new ZipBytes().stored("other", "x").stored("b", TEXT));
        try (FileChannel stored = archive.stored(entry(archive, "b"))) {
            byte[] part = new byte[100];
            stored.map(MapMode.READ_ONLY, 4_321, 100).get(part);

            assertArrayEquals(Arrays.copyOfRange(TEXT, 4_321, 4_421), part);
        }
        archive.release();
    }

    @Test
    void release_lastLease_closesTheFile_andNoneBefore() throws IOException {
        Path file = new ZipBytes().stored("a", TEXT).to(folder.resolve("a.zip"));
        Archive archive = Archive.open(file);
        FileChannel channel = archive.stored(entry(archive, "a"));
        archive.release();
        assertEquals(1, descriptorsOf(file));
        assertEquals(10, channel.read(ByteBuffer.allocate(10), 0));
        channel.close();
        channel.close();

        assertEquals(0, descriptorsOf(file));
        assertFalse(archive.acquire());
        assertThrows(IOException.class, () -> archive.stored(new ArchiveEntry(0, false, 0, 1, 1, Instant.EPOCH)));
    }

    @Test
    void size_archiveCutShort_isWhatIsLeft() throws IOException {
        Path file = new ZipBytes().stored("a", TEXT).to(folder.resolve("a.zip"));
        Archive archive = Archive.open(file);
        try (FileChannel channel = archive.stored(entry(archive, "a"));
                FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writer.truncate(1_000);

            assertTrue(channel.size() < 1_000);
            assertEquals(0, channel.transferTo(2_000, 10, Channels.newChannel(OutputStream.nullOutputStream())));
        }
        archive.release();
    }
}
