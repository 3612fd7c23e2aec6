package dev.sluice.admin;

import java.util.List;
import java.util.Map;

/** {@code POST /api/config/reload}: from what came of it to the answer. */
final class ReloadAnswer {
    static final String PATH = "/api/config/reload";

    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private ReloadAnswer() {}

    private record Done(boolean reloaded, int generation, List<String> changed, List<String> unchanged) {}

    static Answer of(ReloadPort.Outcome outcome) {
        if (outcome instanceof ReloadPort.Reloaded done) {
            return Answer.ok(new Done(true, done.generation(), done.changed(), done.unchanged()));
        }
        if (outcome instanceof ReloadPort.Faulty faulty) {
            return Answer.problem(
                    UNPROCESSABLE,
                    "the configuration cannot be used, and the old one stays: "
                            + faulty.problems().get(0),
                    PATH,
                    Map.of("problems", faulty.problems()));
        }
        if (outcome instanceof ReloadPort.NeedsRestart restart) {
            return Answer.problem(
                    CONFLICT,
                    String.join(", ", restart.groups())
                            + ": changed, which takes effect at a restart only; the old configuration stays",
                    PATH,
                    Map.of("needsRestart", restart.groups()));
        }
        return Answer.problem(
                CONFLICT,
                "there is nothing to reload from: the server was given its configuration by a program that embeds it",
                PATH);
    }
}
