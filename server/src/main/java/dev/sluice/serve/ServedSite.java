package dev.sluice.serve;

import dev.sluice.http.SitePath;
import dev.sluice.plan.Rules;
import org.jspecify.annotations.Nullable;

/**
 * One site with all that answers for it.
 *
 * @param name for records: its first host
 * @param content its files
 * @param rules what is done with its paths
 * @param gatekeeper who may pass the gates among the rules
 * @param errorPages its own pages for errors
 * @param spa the page that answers navigations to paths that name nothing, or null
 * @param listing how directories without an index are listed
 */
public record ServedSite(
        String name,
        SiteContent content,
        Rules rules,
        Gatekeeper gatekeeper,
        ErrorPages errorPages,
        @Nullable SitePath spa,
        Listing listing) {}
