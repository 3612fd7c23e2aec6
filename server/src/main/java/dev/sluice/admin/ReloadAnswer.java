package dev.sluice.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;

/** {@code POST /api/config/reload}: from what came of it to the answer. */
final class ReloadAnswer {
    static final String PATH = "/api/config/reload";

    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private ReloadAnswer() {}

    private record Done(boolean reloaded, int generation, List<String> changed, List<String> unchanged) {}

    /**
     * A {@link Problem} with what is special about this one (RFC 9457 §3.2).
     *
     * @param problems of the configuration, line by line
     * @param needsRestart the keys that cannot be changed while the server runs
     */
    private record Refusal(
            String type,
            String title,
            int status,
            String detail,
            String instance,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> problems,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> needsRestart) {}

    static Answer of(ReloadPort.Outcome outcome) {
        if (outcome instanceof ReloadPort.Reloaded done) {
            return Answer.ok(new Done(true, done.generation(), done.changed(), done.unchanged()));
        }
        if (outcome instanceof ReloadPort.Faulty faulty) {
            return refusal(
                    UNPROCESSABLE,
                    "the configuration cannot be used, and the old one stays: "
                            + faulty.problems().get(0),
                    faulty.problems(),
                    List.of());
        }
        if (outcome instanceof ReloadPort.NeedsRestart restart) {
            return refusal(
                    CONFLICT,
                    String.join(", ", restart.groups())
                            + ": changed, which takes effect at a restart only; the old configuration stays",
                    List.of(),
                    restart.groups());
        }
        return Answer.problem(
                CONFLICT,
                "there is nothing to reload from: the server was given its configuration by a program that embeds it",
                PATH);
    }

    private static Answer refusal(int status, String detail, List<String> problems, List<String> needsRestart) {
        String title = StatusCodes.getReason(status);
        Refusal refusal = new Refusal("about:blank", title, status, detail, PATH, problems, needsRestart);
        return new Answer(status, Problem.MEDIA_TYPE, Map.of(), refusal);
    }
}
