package dev.sluice.fleet;

import dev.sluice.fault.RawConnection;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One client on one connection at a time: asks for pages, asks again whether they have changed, and goes on with a download by
 * ranges. It never asks twice, as browsers do when a connection is closed: whatever is not answered has failed. Used by one thread.
 */
final class Visitor implements AutoCloseable {
    private static final int RANGE = 1 << 20;

    private final int port;
    private final List<Release> releases;
    private final SplittableRandom random = new SplittableRandom();
    private final Map<String, String> tags = new HashMap<>();
    private RawConnection connection;

    Visitor(int port, List<Release> releases) {
        this.port = port;
        this.releases = releases;
    }

    /**
     * What became of a request.
     *
     * @param replica that answered, or {@code none}
     * @param outcome the status of a right answer, or what was wrong
     */
    record Visit(String replica, String outcome, boolean failed) {}

    Visit visit() {
        String[] replica = {"none"};
        try {
            if (connection == null) {
                connection = new RawConnection(port);
            }
            String path =
                    random.nextInt(8) == 0 ? Release.FILM : pick(releases.get(0).small());
            long status = path.equals(Release.FILM) ? range(replica) : page(path, replica);
            return new Visit(replica[0], Long.toString(status), false);
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            return new Visit(replica[0], e.toString(), true);
        }
    }

    private String pick(List<String> paths) {
        return paths.get(random.nextInt(paths.size()));
    }

    private int page(String path, String[] replica) throws IOException {
        String known = random.nextBoolean() ? tags.get(path) : null;
        connection.send("GET", path, known == null ? "Accept: */*" : "If-None-Match: " + known);
        RawConnection.Head head = head(replica);
        if (head.status() == 304 && known != null) {
            require(known.equals(head.field("etag")), "304 for " + known + ": " + head);
            return finished(head);
        }
        require(head.status() == 200, path + ": " + head);
        requireWhole(path, head, connection.read(Math.toIntExact(head.length())));
        return finished(head);
    }

    private int range(String[] replica) throws IOException {
        int size = releases.get(0).content(Release.FILM).length;
        int first = random.nextInt(size - RANGE);
        String known = tags.get(Release.FILM);
        if (known == null) {
            connection.send("GET", Release.FILM);
        } else {
            connection.send(
                    "GET", Release.FILM, "Range: bytes=" + first + "-" + (first + RANGE - 1), "If-Range: " + known);
        }
        RawConnection.Head head = head(replica);
        byte[] body = connection.read(Math.toIntExact(head.length()));
        if (known == null || head.status() == 200) {
            require(head.status() == 200, Release.FILM + ": " + head);
            requireWhole(Release.FILM, head, body);
            return finished(head);
        }
        require(head.status() == 206 && known.equals(head.field("etag")), Release.FILM + ": " + head);
        requireOneOf(Release.FILM, first, RANGE, body);
        return finished(head);
    }

    private RawConnection.Head head(String[] replica) throws IOException {
        RawConnection.Head head = connection.readHead();
        replica[0] = head.fields().getOrDefault("x-replica", "none");
        return head;
    }

    private void requireWhole(String path, RawConnection.Head head, byte[] body) {
        requireOneOf(path, 0, Math.toIntExact(head.length()), body);
        tags.put(path, head.field("etag"));
    }

    /** The bytes of one release, and not of a mixture. */
    private void requireOneOf(String path, int first, int length, byte[] body) {
        require(body.length == length, path + ": " + body.length + " of " + length + " bytes");
        require(
                releases.stream()
                        .map(release -> release.content(path))
                        .anyMatch(content -> first + length <= content.length
                                && Arrays.equals(content, first, first + length, body, 0, length)),
                path + ": the bytes of no release");
    }

    private int finished(RawConnection.Head head) throws IOException {
        if ("close".equalsIgnoreCase(head.field("connection"))) {
            connection.close();
            connection = null;
        }
        return head.status();
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            connection = null;
        }
    }
}
