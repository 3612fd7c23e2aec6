package dev.sluice.cli;

/** The command line's entry point. */
public final class Main {
    private Main() {}

    /**
     * Runs the command line.
     *
     * @param args the arguments as given to the JVM
     */
    public static void main(String[] args) {
        System.out.println("sluice");
    }
}
