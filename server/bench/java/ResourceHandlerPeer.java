import io.undertow.Undertow;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.handlers.resource.ResourceHandler;
import java.nio.file.Path;

/**
 * The peer that Sluice has to beat: Undertow's own {@link ResourceHandler} over a plain {@link PathResourceManager},
 * every option at its default and no {@code CachingResourceManager}.
 *
 * <p>Run from source, with Undertow out of Sluice's jar:
 * {@code java -cp server/target/sluice.jar server/bench/ResourceHandlerPeer.java DIR PORT}.
 */
public final class ResourceHandlerPeer {

    private ResourceHandlerPeer() {}

    /**
     * Serves {@code DIR} on the loopback address until killed.
     *
     * @param args the directory to serve and the port, 1–65535
     */
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("usage: ResourceHandlerPeer DIR PORT (got " + args.length + " arguments)");
            System.exit(2);
        }
        ResourceHandler files = new ResourceHandler(new PathResourceManager(Path.of(args[0])));
        Undertow.builder()
                .addHttpListener(Integer.parseInt(args[1]), "127.0.0.1")
                .setHandler(files)
                .build()
                .start();
    }
}
