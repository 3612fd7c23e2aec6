package dev.sluice.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The element by which a page loads the script of live reload.
 *
 * @param source the script's path
 * @param version of the site when the page was read, without a character that means something in HTML
 * @param nonce what a {@code Content-Security-Policy} may ask of scripts, or null
 */
record ScriptTag(String source, String version, @Nullable String nonce) {
    private static final int BYTE_ORDER_MARK = 2;

    /** Where it goes: before the last of the first of these that the page has, or else at the end. */
    private static final String[] PLACES = {"</body", "</html"};

    private String element() {
        String own = nonce == null ? "" : " nonce=\"" + nonce + '"';
        return "<script src=\"" + source + "\" data-version=\"" + version + '"' + own + " async></script>\n";
    }

    /** The page with the element in it. */
    String into(String page) {
        int place = place(page);
        return page.substring(0, place) + element() + page.substring(place);
    }

    private static int place(String page) {
        for (String end : PLACES) {
            for (int at = page.length() - end.length(); at >= 0; at--) {
                if (page.regionMatches(true, at, end, 0, end.length())) {
                    return at;
                }
            }
        }
        return page.length();
    }

    /**
     * The page with the element in it.
     *
     * @param page in any encoding that has ASCII in it; one in UTF-16 stays as it is
     */
    ByteBuffer into(ByteBuffer page) {
        if (isUtf16(page)) {
            return page;
        }
        // Octets as characters one by one, so that whatever the encoding is, all else stays as it is.
        String text = into(StandardCharsets.ISO_8859_1.decode(page).toString());
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isUtf16(ByteBuffer page) {
        if (page.remaining() < BYTE_ORDER_MARK) {
            return false;
        }
        int mark = page.getShort(page.position()) & 0xffff;
        return mark == 0xfeff || mark == 0xfffe;
    }
}
