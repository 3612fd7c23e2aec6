package dev.sluice;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** An Undertow application as anybody may have it, with nothing of ours in it but the handlers that it is given. */
final class Application implements AutoCloseable {
    private final Undertow undertow;

    private Application(Undertow.Builder builder, HttpHandler root) {
        this.undertow =
                builder.setIoThreads(2).setWorkerThreads(8).setHandler(root).build();
        undertow.start();
    }

    /** One that serves clear text, without the buffer for pipelined answers. */
    static Application of(HttpHandler root) {
        return of(root, builder -> builder.setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, false));
    }

    /** One with options of its own. */
    static Application of(HttpHandler root, UnaryOperator<Undertow.Builder> options) {
        return new Application(options.apply(Undertow.builder().addHttpListener(0, "127.0.0.1")), root);
    }

    /** One that serves TLS, and HTTP/2 to whoever asks for it by ALPN. */
    static Application secure(HttpHandler root, SSLContext context) {
        return new Application(
                Undertow.builder()
                        .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                        .addHttpsListener(0, "127.0.0.1", context),
                root);
    }

    int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
