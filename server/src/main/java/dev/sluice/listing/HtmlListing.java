package dev.sluice.listing;

import dev.sluice.http.SitePath;
import java.util.List;
import java.util.Locale;

/**
 * A listing as a page for people: one table, no script, nothing loaded from anywhere.
 *
 * <p>Thread-safe.
 */
public final class HtmlListing {
    private final StyleSheet style = StyleSheet.load();

    /**
     * The policy to be sent with each page, as the value of {@code Content-Security-Policy}: its own style sheet, the site's
     * icon, which browsers ask for by themselves, and nothing else.
     */
    public String contentSecurityPolicy() {
        return "default-src 'none'; style-src " + style.source()
                + "; img-src 'self'; base-uri 'none'; form-action 'none'";
    }

    /** Renders a page. */
    public String render(ListingPage page) {
        Markup out = new Markup();
        SitePath path = page.path().withSlash(true);
        out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Index of ")
                .text(path.text())
                .raw("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta name=\"color-scheme\" content=\"light dark\">\n<style>")
                .raw(style.text())
                .raw("</style>\n</head>\n<body>\n<main>\n");
        References references = new References(page.path());
        crumbs(page.path(), references, out);
        out.raw("<h1><bdi>")
                .text(path.segments().isEmpty() ? "/" : SitePath.text(path.name()))
                .raw("</bdi></h1>\n");
        summary(page, out);
        new EntryTable(page, references, out).write();
        PageLinks.write(page, out);
        note(page, references, out);
        return out.raw("</main>\n</body>\n</html>\n").toString();
    }

    private static void crumbs(SitePath path, References references, Markup out) {
        List<String> segments = path.segments();
        if (segments.isEmpty()) {
            return;
        }
        out.raw("<nav aria-label=\"Directories above\">\n<ol class=\"crumbs\">\n");
        for (int depth = 0; depth < segments.size(); depth++) {
            String name = depth == 0 ? "root" : SitePath.text(segments.get(depth - 1));
            out.raw("<li><a").attribute("href", references.above(depth));
            out.raw(depth == segments.size() - 1 ? " rel=\"up\"><bdi>" : "><bdi>")
                    .text(name)
                    .raw("</bdi></a></li>\n");
        }
        out.raw("</ol>\n</nav>\n");
    }

    private static void summary(ListingPage page, Markup out) {
        String count = String.format(Locale.ROOT, page.total() == 1 ? "%,d entry" : "%,d entries", page.total());
        out.raw("<p class=\"summary\">").raw(page.total() == 0 ? "This directory is empty." : count);
        if (page.pages() > 1) {
            out.raw(String.format(Locale.ROOT, ", page %,d of %,d", page.number(), page.pages()));
        }
        ListingPage.Note note = page.note();
        if (note != null) {
            boolean shown = note.text() != null;
            String reference = page.query().withReadme(!shown).reference();
            out.raw(" · <a").attribute("href", shown ? reference : reference + "#note");
            out.raw(shown ? " rel=\"nofollow\">Hide " : " rel=\"nofollow\">Show ")
                    .text(SitePath.text(note.name()))
                    .raw("</a>");
        }
        out.raw("</p>\n");
    }

    /** As plain text: nobody can put markup into a page by putting a file into a directory. */
    private static void note(ListingPage page, References references, Markup out) {
        ListingPage.Note note = page.note();
        if (note == null || note.text() == null) {
            return;
        }
        out.raw("<section aria-labelledby=\"note\">\n<h2 id=\"note\"><a")
                .attribute("href", references.to(note.name()))
                .raw(">")
                .text(SitePath.text(note.name()))
                // HTML drops a line break right behind the tag, so the text's own first one needs this before it.
                .raw("</a></h2>\n<pre dir=\"auto\">\n")
                .text(note.text())
                .raw("</pre>\n");
        if (!note.whole()) {
            out.raw("<p class=\"summary\">The file goes on.</p>\n");
        }
        out.raw("</section>\n");
    }
}
