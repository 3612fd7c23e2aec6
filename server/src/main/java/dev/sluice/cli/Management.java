package dev.sluice.cli;

/** What libraries tell about themselves by JMX. Nobody asks a file server for it, and it takes a start a twelfth of its time. */
final class Management {
    private static final String THREADS = "jboss.threads.eqe.disable-mbean";

    private Management() {}

    /**
     * Leaves out what can be left out by a property. To be called before any class of XNIO is loaded, since its thread pool
     * reads it then. What XNIO itself would tell is left out of the jar.
     */
    static void leaveOut() {
        if (System.getProperty(THREADS) == null) {
            System.setProperty(THREADS, "true");
        }
    }
}
