package dev.sluice.serve;

import dev.sluice.http.SitePath;
import dev.sluice.listing.ListingPage;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds and reads the note that a directory has for its readers. */
final class NoteReader {
    /** Bytes of a note that are shown. */
    static final int MOST = 64 << 10;

    private static final List<String> NAMES = List.of("README.md", "README.txt");

    private final Resolver resolver;
    private final SitePath directory;

    NoteReader(Resolver resolver, SitePath directory) {
        this.resolver = resolver;
        this.directory = directory;
    }

    /** The note's name among those of the directory, in any case; null if there is none. */
    static @Nullable String find(List<String> names) {
        for (String note : NAMES) {
            for (String name : names) {
                if (name.equalsIgnoreCase(note)) {
                    return name;
                }
            }
        }
        return null;
    }

    /** The note unread: enough for a link to it. */
    static ListingPage.Note unread(String name) {
        return new ListingPage.Note(name, null, true);
    }

    /** Reads the beginning of the note; null if it is no file, or gone. */
    ListingPage.@Nullable Note read(String name) throws IOException {
        Resolution found = resolver.resolve(directory.child(name));
        if (!(found instanceof Resolution.File file)) {
            return null;
        }
        try (file) {
            if (!file.path().name().equals(name)) {
                // Gone, and another candidate for the path has answered.
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate(MOST);
            fill(bytes, file.channel());
            boolean whole = file.facts().size() <= MOST;
            return new ListingPage.Note(name, text(bytes.flip(), whole), whole);
        }
    }

    private static void fill(ByteBuffer bytes, FileChannel channel) throws IOException {
        int read = 0;
        while (read >= 0 && bytes.hasRemaining()) {
            read = channel.read(bytes);
        }
    }

    /** What is no UTF-8 is replaced; a character that was cut in two is left out. */
    private static String text(ByteBuffer bytes, boolean whole) {
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(bytes, text, whole);
        return text.flip().toString().replace("\ufeff", "").replace("\r\n", "\n");
    }
}
