import dev.sluice.StaticFiles;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.nio.file.Path;
import java.time.Instant;

/** An application with an API of its own, and the files of a directory for everything else: Embedded DIR PORT. */
final class Embedded {
    public static void main(String[] args) {
        StaticFiles files = StaticFiles.builder(Path.of(args[0]))
                .spa("/index.html")
                .onServed(response -> System.out.println(response.path() + " by " + response.observed()))
                .build();
        Undertow server = Undertow.builder()
                .addHttpListener(Integer.parseInt(args[1]), "127.0.0.1")
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .setHandler(Handlers.path(files).addExactPath("/api/time", exchange ->
                        exchange.getResponseSender().send(Instant.now().toString())))
                .build();
        server.start();
        System.out.println("serving at http:/" + server.getListenerInfo().get(0).getAddress());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop();
            files.close();
        }));
    }
}
