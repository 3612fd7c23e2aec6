package dev.sluice.io;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Requests for files whose popularity follows Zipf's law, recorded once and for all by its seed: the same on every machine
 * and in every run. The order of the files says nothing about their popularity.
 */
final class ZipfTrace {
    private final int files;
    private final int[] lengths;
    private final int[] requests;

    /**
     * @param files how many there are
     * @param length how many requests
     * @param exponent of Zipf's law
     * @param seed which recording
     */
    ZipfTrace(int files, int length, double exponent, long seed) {
        this.files = files;
        SplittableRandom random = new SplittableRandom(seed);
        this.lengths = lengths(files, random);
        int[] byRank = shuffled(files, random);
        double[] upTo = new double[files];
        double sum = 0;
        for (int rank = 0; rank < files; rank++) {
            sum += Math.pow(rank + 1, -exponent);
            upTo[rank] = sum;
        }
        this.requests = new int[length];
        for (int i = 0; i < length; i++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble(sum));
            requests[i] = byRank[found < 0 ? -found - 1 : found];
        }
    }

    /** Lengths as the files of web sites have them: lognormal, the median 8 KiB, up to 256 KiB. */
    private static int[] lengths(int files, SplittableRandom random) {
        int[] lengths = new int[files];
        for (int file = 0; file < files; file++) {
            // Twelve uniform numbers make a normal one that is good enough for lengths.
            double normal = -6;
            for (int i = 0; i < 12; i++) {
                normal += random.nextDouble();
            }
            lengths[file] = (int) Math.min(256 << 10, Math.max(64, 8192 * Math.exp(1.2 * normal)));
        }
        return lengths;
    }

    private static int[] shuffled(int files, SplittableRandom random) {
        int[] order = new int[files];
        for (int i = 0; i < files; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The files requested, one after the other. Each fourth request is a crawler's, who asks for everything once, if there is one. */
    int[] requests(boolean crawled) {
        int[] all = requests.clone();
        for (int i = 3; crawled && i < all.length; i += 4) {
            all[i] = files + i;
        }
        return all;
    }

    /** The length of a file in bytes. */
    int lengthOf(int file) {
        return lengths[file % files];
    }

    /** All files' bytes, without those that only the crawler asks for. */
    long bytes() {
        return Arrays.stream(lengths).asLongStream().sum();
    }
}
