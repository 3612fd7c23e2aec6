package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateViewsTest {
    private static final int REGION = 1 << 20;
    private static final int PAGE = 4096;
    private static final int PATCH_AT = 30_000;

    @TempDir
    Path directory;

    private final byte[] body = new byte[64 << 10];
    private RegionStore store;
    private RegionSlice slice;

    @BeforeEach
    void keepABodyAmongOthers() throws IOException {
        store = new RegionStore(directory, new RegionBudget(REGION, 1));
        new SplittableRandom(1).nextBytes(body);
        keep(new byte[5000]);
        slice = keep(body);
        keep(new byte[5000]);
    }

    @AfterEach
    void release() {
        assertEquals(3, store.leases());
    }

    @Test
    void acquire_view_hasTheBytesOfTheSliceAtAnyOffset() throws IOException {
        assertArrayEquals(body, bytes(new PrivateViews(slice, 1).acquire()));
        RegionSlice odd = keep(new byte[] {1, 2, 3});

        assertArrayEquals(new byte[] {1, 2, 3}, bytes(new PrivateViews(odd, 1).acquire()));
        odd.release();
    }

    @Test
    void acquire_emptyBody_isAnEmptyView() throws IOException {
        RegionSlice empty = keep(new byte[0]);

        assertEquals(0, new PrivateViews(empty, 1).acquire().remaining());
        empty.release();
    }

    @Test
    void acquire_view_isDirectAndWritableForASocketAndAPatch() throws IOException {
        ByteBuffer view = new PrivateViews(slice, 1).acquire();

        assertTrue(view.isDirect());
        assertEquals(0, view.position());
        assertEquals(body.length, view.remaining());
        view.put(0, (byte) 1);
    }

    @Test
    void patch_anyWhere_leavesTheRegionAsItWas() throws IOException {
        ByteBuffer view = new PrivateViews(slice, 1).acquire();
        byte[] patched = new byte[body.length];
        Arrays.fill(patched, (byte) 'x');
        view.put(0, patched);

        assertArrayEquals(body, bytes(slice.view(0, slice.length())));
        assertArrayEquals(patched, bytes(view));
    }

    @Test
    void patch_oneNonce_copiesItsPageAlone() throws IOException {
        PrivateViews views = new PrivateViews(slice, 1);
        ByteBuffer view = views.acquire();
        bytes(view);
        assertEquals(0, copied("Anonymous"));

        for (int response = 0; response < 3; response++) {
            view.put(PATCH_AT, "bm9uY2Utbm9uY2Utbm9uY2U=".getBytes(StandardCharsets.US_ASCII));
            bytes(view);
            views.release(view);
            view = views.acquire();
        }

        assertEquals(PAGE, copied("Anonymous"));
        long dirty = copied("Private_Dirty");
        assertTrue(dirty >= PAGE && dirty <= 2 * PAGE, "Private_Dirty: " + dirty);
    }

    @Test
    void acquire_released_isTheSameViewRewound() throws IOException {
        PrivateViews views = new PrivateViews(slice, 2);
        ByteBuffer first = views.acquire();
        first.position(17).limit(18);
        views.release(first);

        assertSame(first, views.acquire());
        assertEquals(body.length, first.remaining());
    }

    @Test
    void acquire_allTaken_isNullUntilOneIsBack() throws IOException {
        PrivateViews views = new PrivateViews(slice, 2);
        ByteBuffer first = views.acquire();
        views.acquire();

        assertNull(views.acquire());
        views.release(first);
        assertSame(first, views.acquire());
        assertNull(views.acquire());
    }

    /** A fault must not use up the views. */
    @Test
    void acquire_interrupted_failsEachTimeAndLeavesTheBytes() {
        PrivateViews views = new PrivateViews(slice, 1);
        Thread.currentThread().interrupt();
        assertThrows(IOException.class, views::acquire);
        assertTrue(Thread.interrupted());

        assertThrows(IOException.class, views::acquire);
        assertArrayEquals(body, bytes(slice.view(0, slice.length())));
    }

    @Test
    void new_noViews_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PrivateViews(slice, 0));
    }

    /** Each thread patches and reads many times: it must find its own patch and the body around it, always. */
    @Test
    void patch_manyThreads_seeTheirOwnOnly() throws Exception {
        int threads = 4;
        PrivateViews views = new PrivateViews(slice, threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(pool.submit(() -> {
                    respond(views, number);
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertArrayEquals(body, bytes(slice.view(0, slice.length())));
    }

    private void respond(PrivateViews views, int number) throws IOException {
        byte[] expected = body.clone();
        for (int response = 0; response < 2000; response++) {
            // Across the boundary of two pages.
            ByteBuffer patch =
                    ByteBuffer.allocate(16).putLong(number).putLong(response).flip();
            System.arraycopy(patch.array(), 0, expected, 7 * PAGE - 8, 16);
            ByteBuffer view = views.acquire();
            assertNotNull(view);
            view.put(7 * PAGE - 8, patch.array());

            assertEquals(-1, ByteBuffer.wrap(expected).mismatch(view));
            views.release(view);
        }
    }

    private RegionSlice keep(byte[] bytes) {
        RegionStore.Slot slot = store.reserve(bytes.length);
        slot.memory().put(bytes);
        return slot.slice();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Bytes that the kernel counts under a name (proc(5), smaps) for the private mappings of this store's file. */
    private long copied(String name) throws IOException {
        long kilobytes = 0;
        boolean ours = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                ours = line.contains(" rw-p ") && line.contains(directory.toString());
            } else if (ours && line.startsWith(name + ":")) {
                kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kilobytes << 10;
    }
}
