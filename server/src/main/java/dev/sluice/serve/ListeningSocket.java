package dev.sluice.serve;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket that listens, before anything is accepted from it.
 *
 * <p>Each one is open to be shared (SO_REUSEPORT, socket(7)): another process of the same user may listen at the same address
 * beside it, and the kernel then spreads new connections over both. So a server is replaced by another while clients go on
 * connecting.
 */
public final class ListeningSocket implements Closeable {
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel channel;
    private final boolean handedDown;

    private ListeningSocket(ServerSocketChannel channel, boolean handedDown) throws IOException {
        this.channel = channel;
        this.handedDown = handedDown;
        channel.configureBlocking(false);
    }

    /**
     * Listens where nobody else does.
     *
     * @param address where; port 0 lets the system choose one
     * @throws IOException if the address cannot be bound, or another server listens there, one that shares its socket, too
     */
    public static ListeningSocket alone(InetSocketAddress address) throws IOException {
        if (address.getPort() != 0) {
            // To the kernel, whoever shares a socket agrees to every other that does. This one does not share, and is
            // refused
            // if there is another; nobody knows of it yet who could miss it.
            bound(address, false).close();
        }
        return beside(address);
    }

    /**
     * Listens, also beside another server of the same user that shares its socket.
     *
     * @param address where; port 0 lets the system choose one
     * @throws IOException if the address cannot be bound
     */
    public static ListeningSocket beside(InetSocketAddress address) throws IOException {
        return new ListeningSocket(bound(address, true), false);
    }

    private static ServerSocketChannel bound(InetSocketAddress address, boolean shared) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, shared);
            }
            return channel.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The socket that whoever started this process handed down as its standard input, as systemd does with
     * {@code StandardInput=socket} (systemd.socket(5)) and inetd did. It stays open as long as any process has it, and keeps
     * the connections that wait in it.
     *
     * @return null if the standard input is anything else
     * @throws IOException if the system cannot tell
     */
    public static @Nullable ListeningSocket handedDown() throws IOException {
        Channel input = System.inheritedChannel();
        return input instanceof ServerSocketChannel socket && socket.getLocalAddress() instanceof InetSocketAddress
                ? new ListeningSocket(socket, true)
                : null;
    }

    /** Where it listens, with the port that the system chose. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Whether it was handed down, so that others have it, too. */
    boolean isHandedDown() {
        return handedDown;
    }

    /** Connections that wait in it are reset, unless it was handed down: then it stays open until this process ends. */
    @Override
    public void close() throws IOException {
        // The JDK would turn the standard streams into nothing when it closes what it found in the place of one of
        // them.
        if (!handedDown) {
            channel.close();
        }
    }
}
