import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Jetty 12's own {@link ResourceHandler} on Jetty's core, without servlets: entity tags on, as the others have them,
 * listings off, and every other option at its default, its cache of small files among them.
 */
public final class JettyPeer {

    private JettyPeer() {}

    /**
     * Serves {@code DIR} on the loopback address until killed.
     *
     * @param args the directory to serve and the port, 1–65535
     * @throws Exception if the server can't start
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: JettyPeer DIR PORT (got " + args.length + " arguments)");
            System.exit(2);
        }
        Server server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])));
        ResourceHandler files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.of(server).newResource(Path.of(args[0])));
        files.setDirAllowed(false);
        files.setEtags(true);
        server.setHandler(files);
        server.start();
    }
}
