package dev.sluice.io;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, mapped until this is closed. The JDK alone ends a mapping when the garbage collector finds that nobody has it,
 * which in a server without work is never; and while a mapping lasts, a file that was deleted keeps its disk space.
 *
 * <p>Since Java 22 an arena ends it (JEP 454); before, {@code sun.misc.Unsafe}, of whose use later ones warn. Either is called
 * by name, since this is compiled for Java 17. Where neither is at hand, it is left to the collector, as is since Java 22 what a channel
 * maps that is not one of the JDK's own, as that of a part of an archive.
 */
final class Mapping implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Mapping.class.getName());
    private static final Mapper MAPPER = mapper();

    private final MappedByteBuffer bytes;
    private final Runnable end;

    private Mapping(MappedByteBuffer bytes, Runnable end) {
        this.bytes = bytes;
        this.end = end;
    }

    /**
     * Maps a part for reading.
     *
     * @param position first byte
     * @param length number of bytes, up to 2³¹-1
     * @throws IOException if the system refuses
     */
    static Mapping of(FileChannel channel, long position, long length) throws IOException {
        return MAPPER.map(channel, position, length);
    }

    /** What is mapped; must not be used once this is closed. */
    MappedByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void close() {
        end.run();
    }

    @FunctionalInterface
    private interface Mapper {
        Mapping map(FileChannel channel, long position, long length) throws IOException;
    }

    private static Mapper mapper() {
        try {
            // Those before have previews of arenas, which differ.
            return Runtime.version().feature() >= 22 ? byArena() : byUnsafe();
        } catch (ReflectiveOperationException neither) {
            LOG.log(Level.FINE, "mappings end when the garbage collector finds them", neither);
            return Mapping::byCollector;
        }
    }

    private static Mapper byArena() throws ReflectiveOperationException {
        Class<?> arena = Class.forName("java.lang.foreign.Arena");
        Method map = FileChannel.class.getMethod("map", FileChannel.MapMode.class, long.class, long.class, arena);
        Method open = arena.getMethod("ofShared");
        Method close = arena.getMethod("close");
        Method toBuffer = Class.forName("java.lang.foreign.MemorySegment").getMethod("asByteBuffer");
        return (channel, position, length) -> {
            Object opened = call(open, null);
            try {
                Object segment = call(map, channel, FileChannel.MapMode.READ_ONLY, position, length, opened);
                return new Mapping((MappedByteBuffer) call(toBuffer, segment), () -> end(close, opened));
            } catch (UnsupportedOperationException notAFileOfTheSystem) {
                end(close, opened);
                return byCollector(channel, position, length);
            } catch (IOException | RuntimeException e) {
                end(close, opened);
                throw e;
            }
        };
    }

    private static Mapper byUnsafe() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Object unsafe = field.get(null);
        Method clean = type.getMethod("invokeCleaner", ByteBuffer.class);
        return (channel, position, length) -> {
            MappedByteBuffer bytes = map(channel, position, length);
            return new Mapping(bytes, () -> end(clean, unsafe, bytes));
        };
    }

    private static Mapping byCollector(FileChannel channel, long position, long length) throws IOException {
        return new Mapping(map(channel, position, length), () -> {});
    }

    private static MappedByteBuffer map(FileChannel channel, long position, long length) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, position, length);
    }

    private static Object call(Method method, @Nullable Object of, Object... arguments) throws IOException {
        try {
            return method.invoke(of, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException refused) {
                throw refused;
            }
            if (e.getCause() instanceof UnsupportedOperationException unsupported) {
                throw unsupported;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void end(Method method, Object of, Object... arguments) {
        try {
            method.invoke(of, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
