package dev.sluice.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.logging.Level;
import java.util.logging.Logger;

/** SIGHUP: by tradition a service that gets it reads its configuration again. */
final class HangUp {
    private static final Logger LOG = Logger.getLogger("sluice");

    private HangUp() {}

    /** Whether the process has a controlling terminal, wherever its input and output go (tty(4)). */
    private static boolean inTerminal() {
        try {
            new FileInputStream("/dev/tty").close();
            return true;
        } catch (IOException none) {
            return false;
        }
    }

    /**
     * Has a task done each time the signal comes, in a thread of its own. Not in a terminal: that sends the signal when it is closed,
     * and takes along what runs in it. A process that was started to ignore the signal, as by nohup, goes on ignoring it.
     *
     * <p>The JDK has no other way to hear of a signal than this class, which every JDK has for such cases (JEP 260), and of
     * which the compiler warns wherever it is named.
     */
    static void handle(Runnable task) {
        if (inTerminal()) {
            return;
        }
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        task.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
        } catch (ReflectiveOperationException unknown) {
            // No such signal on this system, or no such class in this JDK.
            LOG.log(Level.FINE, "SIGHUP is not heeded", unknown);
        }
    }
}
