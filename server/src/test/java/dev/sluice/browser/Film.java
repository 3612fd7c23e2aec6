package dev.sluice.browser;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A film of some 25 MB, painted by the browser itself, whose pictures tell where in it one is. */
final class Film {
    static final int SECONDS = 240;

    /** A page that shows the film at {@code /film.webm}. */
    static final String PAGE = "<!doctype html><html lang=\"en\"><title>Film</title><link rel=\"icon\" href=\"data:,\">"
            + "<video src=\"/film.webm\" preload=\"metadata\" controls></video>";

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int FRAMES = 6;

    /** Draws frame number {@code args[0]}: a grey that tells its number on the left, and noise, which takes room. */
    private static final String DRAW = """
            const [number, width, height] = args;
            const canvas = document.createElement('canvas');
            Object.assign(canvas, {width, height});
            const pen = canvas.getContext('2d', {alpha: false});
            const noise = pen.createImageData(width, height);
            noise.data.forEach((_, i) => { noise.data[i] = i % 4 === 3 ? 255 : Math.random() * 256; });
            pen.putImageData(noise, 0, 0);
            pen.fillStyle = `rgb(${number * 40} ${number * 40} ${number * 40})`;
            pen.fillRect(0, 0, width / 2, height);
            return canvas.toDataURL('image/webp', 0.95);
            """;

    /** Goes to second {@code args[0]} and tells which frame is shown there. */
    private static final String SEEK = """
            const video = document.querySelector('video');
            const seeked = new Promise((resolve) => video.addEventListener('seeked', resolve, {once: true}));
            video.currentTime = args[0];
            await seeked;
            const canvas = document.createElement('canvas');
            const pen = canvas.getContext('2d');
            pen.drawImage(video, 0, 0);
            return Math.round(pen.getImageData(20, 20, 1, 1).data[0] / 40);
            """;

    private Film() {}

    /** Makes it; the browser must be on a page of some site. */
    static byte[] make(Chromium chromium) {
        List<byte[]> frames = new ArrayList<>();
        for (int frame = 0; frame < FRAMES; frame++) {
            String picture = (String) chromium.run(DRAW, frame, WIDTH, HEIGHT);
            byte[] webp = Base64.getDecoder().decode(picture.substring(picture.indexOf(',') + 1));
            frames.add(WebmMovie.frameOf(webp));
        }
        return WebmMovie.of(frames, WIDTH, HEIGHT, SECONDS);
    }

    /** Waits until the player knows the film, and gives its length in seconds. */
    static int length(Chromium chromium) {
        chromium.untilTrue("document.querySelector('video').readyState >= 1");
        return ((Number) chromium.run("return document.querySelector('video').duration")).intValue();
    }

    /** Seeks, and gives the number of the picture that is then shown. */
    static Object seek(Chromium chromium, int second) {
        return chromium.run(SEEK, second + 0.5);
    }

    /** The number of the picture that belongs there. */
    static long pictureAt(int second) {
        return second % FRAMES;
    }
}
