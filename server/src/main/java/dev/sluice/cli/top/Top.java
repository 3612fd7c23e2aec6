package dev.sluice.cli.top;

import dev.sluice.admin.BearerToken;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what a running server does, as its admin API tells it. */
public final class Top {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AdminConnection connection;
    private final Screen screen;
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * Prepares to ask a server.
     *
     * @param admin where its admin API is; the path ends with a slash
     * @param token its bearer token, or null to send none
     * @param environment {@code COLUMNS}, {@code LINES}, {@code NO_COLOR} and {@code TERM} count
     * @param out where to write
     * @param err where to tell of a connection that is lost while lines are written
     */
    public Top(
            URI admin, @Nullable BearerToken token, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this(new AdminConnection(admin, token, PATIENCE), environment, out, err);
    }

    Top(AdminConnection connection, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this.connection = connection;
        this.screen = new Screen(connection.admin());
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Prints one reading: a page, or a line of JSON. All rates are averages since the start of the server.
     *
     * @param interactive whether the output is a terminal, whose width then counts
     * @throws AdminException if there is none
     */
    public void once(boolean json, boolean interactive) throws AdminException, InterruptedException {
        Reading reading = connection.read();
        Size size = interactive ? Terminal.size(environment) : Size.of(environment);
        Report report = json ? new JsonReport(out) : new ScreenReport(screen, size.columns(), out);
        report.print(reading, Figures.of(reading, null));
        out.flush();
    }

    /**
     * Shows the server live on the terminal, until its user leaves.
     *
     * @return false if there is no terminal that can be taken over
     * @throws AdminException if not even the first reading can be had; later ones are waited for
     */
    public boolean live(Duration interval) throws AdminException, InterruptedException {
        Reading first = connection.read();
        try (@Nullable Terminal terminal = Terminal.open(out, environment)) {
            if (terminal == null) {
                return false;
            }
            new LiveView(connection::ask, screen, terminal, interval, first).run();
            return true;
        }
    }

    /**
     * Prints a line for each interval, until nobody reads them any more. Rates are those of the interval.
     *
     * @throws AdminException if not even the first reading can be had; later ones are waited for
     */
    public void lines(boolean json, Duration interval) throws AdminException, InterruptedException {
        Report report = json ? new JsonReport(out) : new LineReport(out);
        Reading before = connection.read();
        boolean lost = false;
        while (!out.checkError()) {
            Thread.sleep(interval.toMillis());
            try {
                Reading now = connection.read();
                report.print(now, Figures.of(now, before));
                before = now;
                lost = false;
            } catch (AdminException e) {
                if (!lost) {
                    err.println("sluice: connection lost, trying again: " + e.getMessage());
                    err.flush();
                }
                lost = true;
            }
        }
    }
}
