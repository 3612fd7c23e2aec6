package dev.sluice.serve;

import dev.sluice.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** The decisions on the way of one request, in their order. Not for use by several threads. */
final class Trace {
    private final List<Step> steps = new ArrayList<>();

    void add(String step, String finding) {
        steps.add(new Step(step, finding));
    }

    void addAll(List<Step> others) {
        steps.addAll(others);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }
}
