package dev.sluice.listing;

import java.util.Comparator;

/**
 * The order in which people expect names: case makes no difference, and runs of the digits 0 to 9 compare by the number they
 * stand for, so that {@code page2} comes before {@code Page10}.
 *
 * <p>Names that are alike in this way, such as {@code a1}, {@code A1} and {@code a01}, are in the order of their UTF-16 code
 * units ({@link String#compareTo}). So only equal names compare as equal, and a list has one order and no other.
 */
final class NaturalOrder implements Comparator<String> {
    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            char c = a.charAt(i);
            char d = b.charAt(j);
            if (isDigit(c) && isDigit(d)) {
                int endA = endOfDigits(a, i);
                int endB = endOfDigits(b, j);
                int numbers = compareNumbers(a, i, endA, b, j, endB);
                if (numbers != 0) {
                    return numbers;
                }
                i = endA;
                j = endB;
            } else {
                if (c != d && fold(c) != fold(d)) {
                    return Character.compare(fold(c), fold(d));
                }
                i++;
                j++;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest == 0 ? a.compareTo(b) : rest;
    }

    /** Without converting them: a name may hold more digits than a number has. */
    private static int compareNumbers(String a, int fromA, int endA, String b, int fromB, int endB) {
        int i = withoutZeros(a, fromA, endA);
        int j = withoutZeros(b, fromB, endB);
        if (endA - i != endB - j) {
            return Integer.compare(endA - i, endB - j);
        }
        while (i < endA && a.charAt(i) == b.charAt(j)) {
            i++;
            j++;
        }
        return i == endA ? 0 : Character.compare(a.charAt(i), b.charAt(j));
    }

    private static int withoutZeros(String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    private static int endOfDigits(String text, int from) {
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** As {@link String#compareToIgnoreCase} does it: some alphabets have letters that only agree in one of the cases. */
    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
