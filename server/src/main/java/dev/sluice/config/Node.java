package dev.sluice.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration as it was written, before anybody asks what it means. */
sealed interface Node {
    /** Where it was written. */
    Place place();

    /** What was given, for a problem's text. */
    String describe();

    /** Keys and their values, in the order written. */
    record Mapping(Map<String, Entry> entries, Place place) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** This mapping with one entry replaced or added. */
        Mapping with(String key, Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Mapping(changed, place);
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** A value and where its key was written. */
    record Entry(Place keyPlace, Node value) {}

    /** A list. */
    record Sequence(List<Node> items, Place place) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "a list of " + items.size();
        }
    }

    /** A single value: its type is decided by the key that it belongs to, not by its spelling. */
    record Scalar(String text, Place place) implements Node {
        private static final int LONGEST_SHOWN = 100;

        /**
         * The text in quotes, on one line and of a bounded length: it may come from a file that is no configuration. The hash of a
         * password is left out, wherever it was put by mistake: problems are logged, and told to whoever asks the admin API.
         */
        @Override
        public String describe() {
            StringBuilder shown = new StringBuilder("\"");
            String text = this.text.replaceAll("\\$2[aby]\\$\\S*", "***");
            text.codePoints().limit(LONGEST_SHOWN).forEach(c -> {
                if (Character.isISOControl(c)) {
                    shown.append(String.format("\\u%04x", c));
                } else {
                    shown.appendCodePoint(c);
                }
            });
            if (text.codePointCount(0, text.length()) > LONGEST_SHOWN) {
                shown.append("...");
            }
            return shown.append('"').toString();
        }
    }

    /** A value that problems must not repeat: it may be a password where its hash belongs. */
    record Hidden(Place place) implements Node {
        @Override
        public String describe() {
            return "a value that is not shown";
        }
    }

    /** Nothing: a key without a value, or YAML's null. */
    record Empty(Place place) implements Node {
        @Override
        public String describe() {
            return "nothing";
        }
    }
}
