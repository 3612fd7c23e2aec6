package dev.sluice.listing;

/** The links from one page of a listing to the others. */
final class PageLinks {
    private final ListingPage page;
    private final Markup out;

    private PageLinks(ListingPage page, Markup out) {
        this.page = page;
        this.out = out;
    }

    /** Writes nothing if there is only one page. */
    static void write(ListingPage page, Markup out) {
        if (page.pages() > 1) {
            new PageLinks(page, out).write();
        }
    }

    private void write() {
        int number = page.number();
        int last = page.pages();
        out.raw("<nav aria-label=\"Pages\">\n<ul class=\"pages\">\n");
        link(1, "first", "First", number > 1);
        link(number - 1, "prev", "Previous", number > 1);
        link(number + 1, "next", "Next", number < last);
        link(last, "last", "Last", number < last);
        out.raw("</ul>\n</nav>\n");
    }

    /** One that leads nowhere stays where it is, as text: the others are then in the same place on every page. */
    private void link(int to, String relation, String title, boolean there) {
        if (there) {
            out.raw("<li><a")
                    .attribute("href", page.query().atPage(to).reference())
                    .attribute("rel", relation)
                    .raw(">")
                    .raw(title)
                    .raw("</a></li>\n");
        } else {
            out.raw("<li>").raw(title).raw("</li>\n");
        }
    }
}
