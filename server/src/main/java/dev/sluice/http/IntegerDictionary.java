package dev.sluice.http;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A structured field that is a dictionary whose members are integers without parameters (RFC 9651 §3.2, §3.3.1). */
final class IntegerDictionary {
    private static final int MAX_DIGITS = 15;

    private final String value;
    private final Map<String, Long> members = new HashMap<>();
    private int at;

    /** Parses the field value; one that is malformed has no members. */
    IntegerDictionary(String value) {
        this.value = value;
        if (!parse()) {
            members.clear();
        }
    }

    /** Returns the value of a member, the last one of that name. */
    OptionalLong last(String key) {
        Long member = members.get(key);
        return member == null ? OptionalLong.empty() : OptionalLong.of(member);
    }

    private boolean parse() {
        skipWhitespace();
        boolean more = at < value.length();
        while (more) {
            if (!member()) {
                return false;
            }
            skipWhitespace();
            more = skip(',');
            skipWhitespace();
        }
        return at == value.length();
    }

    private boolean member() {
        String key = key();
        if (key.isEmpty() || !skip('=')) {
            return false;
        }
        int sign = at;
        skip('-');
        int digits = at;
        while (at < value.length() && isDigit(value.charAt(at))) {
            at++;
        }
        if (at == digits || at - digits > MAX_DIGITS) {
            return false;
        }
        members.put(key, Long.valueOf(value.substring(sign, at)));
        return true;
    }

    private String key() {
        int from = at;
        while (at < value.length() && isKeyChar(value.charAt(at), at == from)) {
            at++;
        }
        return value.substring(from, at);
    }

    private static boolean isKeyChar(char c, boolean first) {
        boolean start = (c >= 'a' && c <= 'z') || c == '*';
        return start || (!first && (isDigit(c) || c == '_' || c == '-' || c == '.'));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void skipWhitespace() {
        while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean skip(char c) {
        boolean there = at < value.length() && value.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }
}
