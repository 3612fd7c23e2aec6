package dev.sluice.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.MalformedPathException;
import dev.sluice.http.SitePath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HtmlListingTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private final HtmlListing html = new HtmlListing();

    private String render(String path, String query, int total, ListingPage.Note note, Entry... entries) {
        return html.render(new ListingPage(path(path), List.of(entries), total, ListingQuery.parse(query), note));
    }

    private static SitePath path(String path) {
        try {
            return SitePath.parse(path);
        } catch (MalformedPathException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Entry file(String name) {
        return new Entry(name, false, 1234, TIME);
    }

    /** The name, the reference, and the text that is shown. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "<script>alert(1) | ./%3Cscript%3Ealert(1) | &lt;script&gt;alert(1)",
                "a\"b'c | ./a%22b&#39;c | a&quot;b&#39;c",
                "a&amp;b | ./a&amp;amp;b | a&amp;amp;b",
                "javascript:alert(1) | ./javascript:alert(1) | javascript:alert(1)",
                "..x | ./..x | ..x",
                "... | ./... | ...",
                "%2F | ./%252F | %2F",
                "a b?c#d | ./a%20b%3Fc%23d | a b?c#d",
                "back\\slash | ./back%5Cslash | back\\slash",
                "\u202egnp.exe | ./%E2%80%AEgnp.exe | %E2%80%AEgnp.exe",
                "\u2066x | ./%E2%81%A6x | %E2%81%A6x",
                "a\u0085b | ./a%C2%85b | a%C2%85b",
                "zero\u200bwidth | ./zero%E2%80%8Bwidth | zero%E2%80%8Bwidth",
                "日本.txt | ./%E6%97%A5%E6%9C%AC.txt | 日本.txt",
                "\ud83d\ude00 | ./%F0%9F%98%80 | \ud83d\ude00",
            })
    void render_strangeName_isEscapedInTextAndReference(String name, String reference, String text) {
        String page = render("/dir/", "", 1, null, file(name));
        assertTrue(page.contains("<a href=\"" + reference + "\"><bdi>" + text + "</bdi></a>"), page);
    }

    @Test
    void render_longestName_isWhole() {
        String name = "n".repeat(255);
        assertTrue(render("/", "", 1, null, file(name)).contains("<bdi>" + name + "</bdi>"));
    }

    @Test
    void render_strangePath_isEscapedInTitleHeadAndCrumbs() {
        String page = render("/%3Cb%3E/%22%E2%80%AE/", "", 0, null);
        assertFalse(page.contains("<b>"), page);
        assertFalse(page.contains("\u202e"), page);
        assertTrue(page.contains("<title>Index of /&lt;b&gt;/&quot;%E2%80%AE/</title>"), page);
        assertTrue(page.contains("<li><a href=\"../../\"><bdi>root</bdi></a></li>"), page);
        assertTrue(page.contains("<li><a href=\"../\" rel=\"up\"><bdi>&lt;b&gt;</bdi></a></li>"), page);
        assertTrue(page.contains("<h1><bdi>&quot;%E2%80%AE</bdi></h1>"), page);
    }

    @ParameterizedTest
    @CsvSource({
        "/, ./f",
        "/a/, ./f",
        "/a, ./a/f",
        "/a/b%20c, ./b%20c/f",
    })
    void render_pathWithOrWithoutSlash_refersToTheSameFile(String path, String reference) {
        assertTrue(render(path, "", 1, null, file("f")).contains("href=\"" + reference + "\""));
    }

    @Test
    void render_row_tellsSizeAndTimeRoundedAndExactly() {
        String page = render("/", "", 2, null, new Entry("sub", true, 4096, TIME), file("f"));
        assertTrue(page.contains("<th scope=\"row\" class=\"directory\"><a href=\"./sub/\"><bdi>sub</bdi>/</a></th>"
                + "<td class=\"size\">–</td>"));
        assertTrue(
                page.contains(
                        "<td class=\"size\" title=\"1,234 bytes\">1.2 KiB</td>"
                                + "<td class=\"time\"><time datetime=\"2026-01-02T03:04:05Z\">2026-01-02<span> 03:04</span></time></td>"));
    }

    @Test
    void render_noEntry_saysSo() {
        String page = render("/", "", 0, null);
        assertTrue(page.contains("This directory is empty."));
        assertFalse(page.contains("<table>"));
        assertFalse(page.contains("<nav"));
    }

    @Test
    void render_sortedBySize_marksTheColumnAndTurnsItsLink() {
        String page = render("/", "sort=size&order=desc", 1, null, file("f"));
        assertTrue(
                page.contains(
                        "<th scope=\"col\" class=\"size\" aria-sort=\"descending\">"
                                + "<a href=\"?sort=size&amp;order=asc\" rel=\"nofollow\">Size<span aria-hidden=\"true\"> ↓</span></a>"));
        assertTrue(
                page.contains("<th scope=\"col\"><a href=\"?sort=name&amp;order=asc\" rel=\"nofollow\">Name</a></th>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | next last | page 1 of 3 | ?sort=name&amp;order=asc&amp;page=2 ?sort=name&amp;order=asc&amp;page=3",
                "2 | first prev next last | page 2 of 3 | ?sort=name&amp;order=asc ?sort=name&amp;order=asc"
                        + " ?sort=name&amp;order=asc&amp;page=3 ?sort=name&amp;order=asc&amp;page=3",
                "3 | first prev | page 3 of 3 | ?sort=name&amp;order=asc ?sort=name&amp;order=asc&amp;page=2",
            })
    void render_pageOfSeveral_linksToTheOthers(int number, String relations, String told, String references) {
        Entry[] entries = IntStream.range(0, 1000).mapToObj(i -> file("f" + i)).toArray(Entry[]::new);
        String page = render("/", "page=" + number, 2001, null, entries);
        Matcher links = Pattern.compile("href=\"([^\"]*)\" rel=\"(first|prev|next|last)\"")
                .matcher(page);
        StringBuilder rels = new StringBuilder();
        StringBuilder hrefs = new StringBuilder();
        while (links.find()) {
            rels.append(links.group(2)).append(' ');
            hrefs.append(links.group(1)).append(' ');
        }
        assertEquals(relations, rels.toString().trim());
        assertEquals(references, hrefs.toString().trim());
        assertTrue(page.contains("2,001 entries, " + told), page);
    }

    @Test
    void render_noteUnread_isOfferedOnly() {
        String page = render("/", "", 1, new ListingPage.Note("README.md", null, true), file("README.md"));
        assertTrue(page.contains(
                "<a href=\"?sort=name&amp;order=asc&amp;readme=1#note\" rel=\"nofollow\">Show README.md</a>"));
        assertFalse(page.contains("<pre"));
    }

    @Test
    void render_noteRead_isPlainText() {
        ListingPage.Note note = new ListingPage.Note("README.md", "\n# <b>Hi</b>\u202e\u0007 & \"bye\"", false);
        String page = render("/d", "readme=1", 1, note, file("README.md"));
        assertTrue(
                page.contains("<pre dir=\"auto\">\n\n# &lt;b&gt;Hi&lt;/b&gt;\ufffd\ufffd &amp; &quot;bye&quot;</pre>"),
                page);
        assertTrue(page.contains("<h2 id=\"note\"><a href=\"./d/README.md\">README.md</a></h2>"), page);
        assertTrue(page.contains("The file goes on."));
        assertTrue(page.contains(">Hide README.md</a>"));
    }

    @Test
    void contentSecurityPolicy_styleSource_isTheDigestOfTheSheetInThePage() throws Exception {
        String page = render("/", "", 0, null);
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertTrue(html.contentSecurityPolicy()
                .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "';"));
        assertFalse(page.contains("style=\""), "the policy forbids such attributes");
        assertFalse(style.contains("\r"), "a browser reads CRLF as LF, and the digest would differ");
        assertFalse(page.contains("<script"), page);
    }
}
