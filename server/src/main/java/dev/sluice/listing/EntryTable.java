package dev.sluice.listing;

import dev.sluice.http.SitePath;

/** The table of a listing's page: one row an entry, with heads that sort. */
final class EntryTable {
    private final ListingPage page;
    private final References references;
    private final Markup out;

    EntryTable(ListingPage page, References references, Markup out) {
        this.page = page;
        this.references = references;
        this.out = out;
    }

    /** Writes nothing if there is no entry. */
    void write() {
        if (page.entries().isEmpty()) {
            return;
        }
        out.raw("<table>\n<thead>\n<tr>");
        head(Sort.NAME, "Name", "");
        head(Sort.SIZE, "Size", " class=\"size\"");
        head(Sort.MODIFIED, "Modified <small>UTC</small>", " class=\"time\"");
        out.raw("</tr>\n</thead>\n<tbody>\n");
        page.entries().forEach(this::row);
        out.raw("</tbody>\n</table>\n");
    }

    private void head(Sort column, String title, String attributes) {
        boolean sorted = page.query().sort() == column;
        boolean ascending = page.query().ascending();
        out.raw("<th scope=\"col\"").raw(attributes);
        if (sorted) {
            out.attribute("aria-sort", ascending ? "ascending" : "descending");
        }
        out.raw("><a")
                .attribute("href", page.query().clicked(column).reference())
                .raw(" rel=\"nofollow\">")
                .raw(title);
        if (sorted) {
            out.raw("<span aria-hidden=\"true\">").raw(ascending ? " ↑" : " ↓").raw("</span>");
        }
        out.raw("</a></th>");
    }

    private void row(Entry entry) {
        out.raw(entry.directory() ? "<tr><th scope=\"row\" class=\"directory\"><a" : "<tr><th scope=\"row\"><a")
                .attribute("href", references.to(entry))
                .raw("><bdi>")
                .text(SitePath.text(entry.name()))
                .raw(entry.directory() ? "</bdi>/</a></th>" : "</bdi></a></th>");
        if (entry.directory()) {
            out.raw("<td class=\"size\">–</td>");
        } else {
            out.raw("<td class=\"size\"")
                    .attribute("title", ByteCount.exact(entry.size()))
                    .raw(">")
                    .raw(ByteCount.rounded(entry.size()))
                    .raw("</td>");
        }
        out.raw("<td class=\"time\"><time")
                .attribute("datetime", Dates.exact(entry.modified()))
                .raw(">")
                .raw(Dates.day(entry.modified()))
                .raw("<span> ")
                .raw(Dates.minute(entry.modified()))
                .raw("</span></time></td></tr>\n");
    }
}
