package dev.sluice.listing;

import java.util.Comparator;

/**
 * How a directory is to be listed: the query {@code sort=name|size|modified&order=asc|desc&page=N&readme=1}.
 *
 * @param sort by what
 * @param ascending whether the smallest, the oldest or the first comes first
 * @param page which page, from 1; 0 if none was asked for
 * @param readme whether the directory's note is to be shown
 */
public record ListingQuery(Sort sort, boolean ascending, int page, boolean readme) {
    /** What no query asks for: by name, without a page or a note. */
    public static final ListingQuery DEFAULT = new ListingQuery(Sort.NAME, true, 0, false);

    private static final Comparator<String> NAMES = new NaturalOrder();

    /** The most digits of a page's number: more pages than there are files anywhere. */
    private static final int MOST_DIGITS = 7;

    /**
     * Reads a query. What is unknown or malformed counts as absent, and of a key that is given twice the last one holds: a
     * listing is better than a refusal.
     *
     * @param query as received, without the question mark; may be empty
     */
    public static ListingQuery parse(String query) {
        ListingQuery read = DEFAULT;
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                read = read.with(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return read;
    }

    private ListingQuery with(String key, String value) {
        return switch (key) {
            case "sort" -> {
                for (Sort known : Sort.values()) {
                    if (known.token().equals(value)) {
                        yield new ListingQuery(known, ascending, page, readme);
                    }
                }
                yield new ListingQuery(Sort.NAME, ascending, page, readme);
            }
            case "order" -> new ListingQuery(sort, !value.equals("desc"), page, readme);
            case "page" -> atPage(number(value));
            case "readme" -> withReadme(value.equals("1"));
            default -> this;
        };
    }

    private static int number(String value) {
        boolean digits = !value.isEmpty()
                && value.length() <= MOST_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(value) : 0;
    }

    /** The same at another page. */
    public ListingQuery atPage(int other) {
        return new ListingQuery(sort, ascending, other, readme);
    }

    /** The same with or without the note. */
    ListingQuery withReadme(boolean shown) {
        return new ListingQuery(sort, ascending, page, shown);
    }

    /** The first page in the order that a click on a column's head asks for: the other way round, if it is sorted by that. */
    ListingQuery clicked(Sort column) {
        boolean order = column == sort ? !ascending : column.ascendsFirst();
        return new ListingQuery(column, order, 0, readme);
    }

    /** As a reference relative to any spelling of the directory's path (RFC 3986 §5.2.2: one with a query alone). */
    String reference() {
        StringBuilder reference =
                new StringBuilder("?sort=").append(sort.token()).append(ascending ? "&order=asc" : "&order=desc");
        if (page > 1) {
            reference.append("&page=").append(page);
        }
        return readme ? reference.append("&readme=1").toString() : reference.toString();
    }

    /** The order of bare names, for when nothing else is known of the entries. */
    public Comparator<String> nameOrder() {
        return ascending ? NAMES : NAMES.reversed();
    }

    /** The order of entries: directories first, whichever way round; what is alike, in the natural order of names. */
    public Comparator<Entry> entryOrder() {
        Comparator<Entry> byName = Comparator.comparing(Entry::name, NAMES);
        Comparator<Entry> asked = switch (sort) {
            case NAME -> byName;
            case SIZE -> Comparator.comparingLong(entry -> entry.directory() ? 0 : entry.size());
            case MODIFIED -> Comparator.comparing(Entry::modified);
        };
        return Comparator.comparing((Entry entry) -> !entry.directory())
                .thenComparing(ascending ? asked : asked.reversed())
                .thenComparing(byName);
    }
}
