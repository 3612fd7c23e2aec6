package dev.sluice.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an earlier process left: found again whole, or not at all. */
final class KeptRegionsTest {
    private static final int REGION = 64 << 10;
    private static final int INDEX_HEAD = 4096;
    private static final int SEGMENT = REGION / 32;
    private static final RegionBudget BUDGET = new RegionBudget(REGION, 4);

    @TempDir
    Path directory;

    private RegionStore store;

    @BeforeEach
    void open() throws IOException {
        store = RegionStore.keeping(directory, BUDGET);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void recall_newDirectory_isNothing() {
        assertEquals(Map.of(), recalled());
    }

    @Test
    void recall_notedBodies_areTheBytesUnderTheirLabels() throws IOException {
        keep("one", 10);
        keep("two", 0);
        keep("three", 3000);
        reopen();

        assertEquals(List.of("one", "three", "two"), List.copyOf(recalled().keySet()));
    }

    @Test
    void recall_twice_isOnceEach() throws IOException {
        keep("one", 10);
        reopen();

        assertEquals(1, recalled().size());
        assertEquals(0, recalled().size());
    }

    @Test
    void recall_notNoted_isNotThere() throws IOException {
        RegionStore.Slot slot = store.reserve(10);
        slot.slice().release();
        reopen();

        assertEquals(Map.of(), recalled());
    }

    @Test
    void recall_discarded_isNotThere() throws IOException {
        keep("one", 10).discard();
        keep("two", 10);
        reopen();

        assertEquals(List.of("two"), List.copyOf(recalled().keySet()));
    }

    @Test
    void recall_discardedBeforeItIsNoted_isNotThere() throws IOException {
        RegionStore.Slot slot = store.reserve(10);
        slot.body().discard();
        store.note(slot, label("one"));
        slot.slice().release();
        reopen();

        assertEquals(Map.of(), recalled());
    }

    @Test
    void recall_evicted_isNotThere() throws IOException {
        keep("old", 100);
        for (int i = 0; i < 3; i++) {
            keep("filler", REGION);
        }
        keep("new", 100);
        reopen();

        assertTrue(recalled().keySet().containsAll(List.of("filler", "new")));
    }

    @Test
    void recall_copiedForward_isThereOnceWithItsLabel() throws IOException {
        RegionBody used = keep("used", 100);
        used.acquire().release();
        for (int i = 0; i < 7; i++) {
            keep("filler" + i, REGION / 2 - 2048);
        }
        assertEquals(3, used.region());
        reopen();

        assertTrue(recalled().containsKey("used"));
    }

    @Test
    void recall_afterSeveralRestarts_keepsWhatIsNewest() throws IOException {
        for (int restart = 0; restart < 10; restart++) {
            keep("body " + restart, REGION / 2);
            reopen();
        }

        assertTrue(recalled().containsKey("body 9"));
        keep("another", 10);
    }

    @Test
    void recall_bodyEvictedMeanwhile_cannotBeLeased() throws IOException {
        keep("one", 10);
        reopen();
        List<KeptBody> kept = collect();
        for (int i = 0; i < 6; i++) {
            keep("filler", REGION);
        }

        assertNull(kept.get(0).body().acquire());
    }

    @Test
    void recall_regionEmptiedBeforeIt_isNothing() throws IOException {
        keep("one", 10);
        reopen();
        for (int i = 0; i < 6; i++) {
            keep("filler", REGION);
        }

        assertEquals(Map.of(), recalled());
    }

    @Test
    void add_moreThanTheIndexHolds_keepsTheFirstAndGoesOn() throws IOException {
        for (int i = 0; i < 60; i++) {
            keep(String.format("%02d ", i) + "x".repeat(100), 10);
        }
        reopen();

        int kept = recalled().size();
        assertTrue(kept > 10 && kept < 60, kept + " bodies");
    }

    @Test
    void keeping_secondServer_isRefusedUntilTheFirstHasClosed() throws IOException {
        assertNull(RegionStore.keeping(directory, BUDGET));
        store.close();

        try (RegionStore second = RegionStore.keeping(directory, BUDGET)) {
            assertNotNull(second);
        }
    }

    @Test
    void discard_afterClose_isNotNotedAnyMore() throws IOException {
        RegionBody body = keep("one", 10);
        store.close();
        body.discard();
        store = RegionStore.keeping(directory, BUDGET);

        assertEquals(1, recalled().size());
    }

    @Test
    void reserve_afterClose_isNull() {
        store.close();

        assertNull(store.reserve(1));
    }

    @Test
    void keeping_filesLeftBehind_areRemoved() throws IOException {
        store.close();
        Path old = Files.createFile(directory.resolve("sluice-region-1.tmp"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(90)));
        Files.createFile(directory.resolve("sluice-region-2.tmp"));
        Files.createFile(directory.resolve("region-1.new"));
        Files.createFile(directory.resolve("region-4"));
        Files.createFile(directory.resolve("other"));
        store = RegionStore.keeping(directory, BUDGET);

        assertEquals(List.of("index", "lock", "other", "region-0", "sluice-region-2.tmp"), names());
    }

    @Test
    void keeping_files_areTheOwnersAlone() throws IOException {
        for (String name : names()) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))),
                    name);
        }
    }

    @Test
    void keeping_regionIsALink_isNotFollowed() throws IOException {
        keep("one", 10);
        store.close();
        Path elsewhere = Files.move(directory.resolve("region-0"), directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("region-0"), elsewhere);
        store = RegionStore.keeping(directory, BUDGET);

        assertEquals(Map.of(), recalled());
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage("no index", d -> Files.delete(d.resolve("index"))),
                new Damage("empty index", d -> Files.write(d.resolve("index"), new byte[0])),
                new Damage("foreign index", d -> Files.writeString(d.resolve("index"), "no index of ours")),
                new Damage("index cut short", d -> cut(d.resolve("index"), 10)),
                new Damage(
                        "index too long", d -> Files.write(d.resolve("index"), new byte[1], StandardOpenOption.APPEND)),
                new Damage("other magic", d -> flip(d.resolve("index"), 0)),
                new Damage("other version", d -> flip(d.resolve("index"), 11)),
                new Damage("other region size", d -> flip(d.resolve("index"), 13)),
                new Damage("other number of regions", d -> flip(d.resolve("index"), 19)),
                new Damage("head's checksum", d -> flip(d.resolve("index"), 23)),
                new Damage("filling", d -> flip(d.resolve("index"), INDEX_HEAD + 7)),
                new Damage("filling's checksum", d -> flip(d.resolve("index"), INDEX_HEAD + 8)),
                new Damage("first record's size", d -> flip(d.resolve("index"), INDEX_HEAD + 19)),
                new Damage("first record's size, negative", d -> flip(d.resolve("index"), INDEX_HEAD + 16)),
                new Damage("first record's checksum", d -> flip(d.resolve("index"), INDEX_HEAD + 20)),
                new Damage("first record's offset", d -> flip(d.resolve("index"), INDEX_HEAD + 26)),
                new Damage("first record's length", d -> flip(d.resolve("index"), INDEX_HEAD + 31)),
                new Damage("first record's label", d -> flip(d.resolve("index"), INDEX_HEAD + 36)),
                new Damage("no region", d -> Files.delete(d.resolve("region-0"))),
                new Damage("region cut short", d -> cut(d.resolve("region-0"), 1)),
                new Damage(
                        "region too long",
                        d -> Files.write(d.resolve("region-0"), new byte[1], StandardOpenOption.APPEND)));
    }

    /** Nothing of what is damaged is found, and the store works as if it were new. */
    @ParameterizedTest
    @MethodSource("damages")
    void keeping_damaged_throwsItAway(Damage damage) throws IOException {
        keep("one", 100);
        keep("two", 100);
        store.close();
        damage.doIt.to(directory);
        store = RegionStore.keeping(directory, BUDGET);

        assertEquals(Map.of(), recalled());
        keep("three", 100);
        reopen();
        assertTrue(recalled().containsKey("three"));
    }

    @Test
    void recall_secondRecordDamaged_keepsTheFirst() throws IOException {
        keep("one", 100);
        keep("two", 100);
        store.close();
        // A record is 24 bytes and its label.
        flip(directory.resolve("index"), INDEX_HEAD + 12 + 27 + 20);
        store = RegionStore.keeping(directory, BUDGET);

        assertEquals(List.of("one"), List.copyOf(recalled().keySet()));
    }

    @Test
    void recall_bodyDamaged_isFoundAndNotIntact() throws IOException {
        keep("one", 100);
        keep("two", 100);
        store.close();
        flip(directory.resolve("region-0"), 99);
        store = RegionStore.keeping(directory, BUDGET);

        List<KeptBody> kept = collect();
        assertEquals(2, kept.size());
        for (KeptBody body : kept) {
            RegionSlice slice = body.body().acquire();
            assertEquals(!text(body).equals("one"), body.intact(slice));
            slice.release();
        }
    }

    @Test
    void keeping_otherBudget_startsAnew() throws IOException {
        keep("one", 100);
        store.close();
        store = RegionStore.keeping(directory, new RegionBudget(2 * REGION, 4));

        assertEquals(Map.of(), recalled());
        assertEquals(2 * REGION, Files.size(directory.resolve("region-0")));
    }

    /** Whatever single byte is another one: what is found and intact is what was written. */
    @Test
    void recall_anyByteOfTheIndexFlipped_neverYieldsOtherBytes() throws IOException {
        Map<String, byte[]> written = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            RegionBody body = keep("label " + i, 50 + i);
            written.put("label " + i, bytes(body));
        }
        store.close();
        SplittableRandom random = new SplittableRandom(3);
        byte[] index = Files.readAllBytes(directory.resolve("index"));
        byte[] region = Files.readAllBytes(directory.resolve("region-0"));
        for (int round = 0; round < 300; round++) {
            byte[] damaged = index.clone();
            damaged[INDEX_HEAD + random.nextInt(SEGMENT)] ^= (byte) (1 << random.nextInt(8));
            Files.write(directory.resolve("index"), damaged);
            Files.write(directory.resolve("region-0"), region);
            store = RegionStore.keeping(directory, BUDGET);
            recalled().forEach((label, bytes) -> assertArrayEquals(written.get(label), bytes, label));
            store.close();
        }
    }

    private record Damage(String name, Doing doIt) {
        interface Doing {
            void to(Path directory) throws IOException;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static void cut(Path file, int bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(open.length() - bytes);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int before = open.read();
            open.seek(at);
            open.write(before ^ 0x81);
        }
    }

    private void reopen() throws IOException {
        store.close();
        store = RegionStore.keeping(directory, BUDGET);
    }

    private RegionBody keep(String label, int length) {
        RegionStore.Slot slot = store.reserve(length);
        byte[] bytes = new byte[length];
        new SplittableRandom(label.hashCode()).nextBytes(bytes);
        slot.memory().put(bytes);
        store.note(slot, label(label));
        slot.slice().release();
        return slot.body();
    }

    private static ByteBuffer label(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static String text(KeptBody body) {
        return UTF_8.decode(body.label().duplicate()).toString();
    }

    private List<KeptBody> collect() {
        List<KeptBody> all = new ArrayList<>();
        store.recall(all::add);
        return all;
    }

    /** What is found and intact, which is checked to be what was written. */
    private Map<String, byte[]> recalled() {
        Map<String, byte[]> all = new TreeMap<>();
        for (KeptBody kept : collect()) {
            RegionSlice slice = kept.body().acquire();
            byte[] bytes = new byte[slice.length()];
            slice.view(0, bytes.length).get(bytes);
            assertTrue(kept.intact(slice), text(kept));
            byte[] written = new byte[bytes.length];
            new SplittableRandom(text(kept).hashCode()).nextBytes(written);
            assertArrayEquals(written, bytes);
            slice.release();
            all.put(text(kept), bytes);
        }
        return all;
    }

    private static byte[] bytes(RegionBody body) {
        RegionSlice slice = body.acquire();
        byte[] bytes = new byte[slice.length()];
        slice.view(0, bytes.length).get(bytes);
        slice.release();
        return bytes;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
