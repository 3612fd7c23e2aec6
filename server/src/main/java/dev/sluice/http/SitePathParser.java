package dev.sluice.http;

import java.util.ArrayList;
import java.util.List;

/** One parse of one raw path, in a single pass that allocates little more than the segments of a plain path. */
final class SitePathParser {
    private final String raw;
    private final List<String> segments = new ArrayList<>();
    private boolean directory;
    private boolean servable = true;
    private boolean canonical = true;

    SitePathParser(String raw) {
        this.raw = raw;
    }

    SitePath parse() throws MalformedPathException {
        if (!raw.startsWith("/")) {
            throw new MalformedPathException(raw, "a leading '/'");
        }
        int from = 1;
        boolean escapes = false;
        for (int i = 1; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '/') {
                close(from, i, escapes);
                from = i + 1;
                escapes = false;
            } else {
                escapes |= c == '%';
                check(c);
            }
        }
        close(from, raw.length(), escapes);
        return new SitePath(List.copyOf(segments), directory, servable, canonical ? raw : encoded());
    }

    private void check(char c) throws MalformedPathException {
        if (PercentEncoding.isLiteral(c)) {
            return;
        }
        if (c < 0x20 || c >= 0x7f) {
            throw new MalformedPathException(raw, "printable ASCII only");
        }
        if (c == '?' || c == '#') {
            throw new MalformedPathException(raw, "neither query nor fragment");
        }
        canonical = false;
    }

    private void close(int from, int to, boolean escapes) throws MalformedPathException {
        String segment = escapes ? PercentEncoding.decode(raw, from, to) : raw.substring(from, to);
        switch (segment) {
            case "" -> {
                directory = true;
                canonical &= to == raw.length();
            }
            case "." -> {
                directory = true;
                canonical = false;
            }
            case ".." -> {
                directory = true;
                canonical = false;
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            }
            default -> {
                directory = false;
                segments.add(segment);
                servable &= segment.indexOf('/') < 0;
            }
        }
    }

    private String encoded() {
        StringBuilder out = new StringBuilder(raw.length() + 16);
        for (String segment : segments) {
            out.append('/');
            PercentEncoding.encode(segment, out);
        }
        return directory ? out.append('/').toString() : out.toString();
    }
}
