package dev.sluice.serve;

import dev.sluice.http.SitePath;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Representation;
import dev.sluice.site.FileFacts;

/**
 * What is kept ready beside a body of the hot set.
 *
 * @param path where it was found
 * @param facts of the file it was read from
 * @param representation what the planner decides by
 * @param plan the answer to a plain GET
 * @param head that answer's head
 */
record Hot(SitePath path, FileFacts facts, Representation representation, Plan plan, Head head) {}
