package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaTypesTest {
    private static final MediaTypes TYPES = MediaTypes.standard();

    @ParameterizedTest
    @CsvSource({
        "html, text/html;charset=utf-8",
        "htm, text/html;charset=utf-8",
        "css, text/css;charset=utf-8",
        "js, text/javascript;charset=utf-8",
        "mjs, text/javascript;charset=utf-8",
        "txt, text/plain;charset=utf-8",
        "md, text/markdown;charset=utf-8",
        "csv, text/csv;charset=utf-8",
        "vtt, text/vtt;charset=utf-8",
        "ics, text/calendar;charset=utf-8",
        "vcf, text/vcard;charset=utf-8",
        "json, application/json",
        "map, application/json",
        "webmanifest, application/manifest+json",
        "jsonld, application/ld+json",
        "xml, application/xml",
        "xsl, application/xml",
        "xhtml, application/xhtml+xml",
        "rss, application/rss+xml",
        "atom, application/atom+xml",
        "yaml, application/yaml",
        "yml, application/yaml",
        "rtf, application/rtf",
        "pdf, application/pdf",
        "zip, application/zip",
        "gz, application/gzip",
        "tgz, application/gzip",
        "zst, application/zstd",
        "wasm, application/wasm",
        "iso, application/octet-stream",
        "asc, application/pgp-signature",
        "m3u8, application/vnd.apple.mpegurl",
        "mpd, application/dash+xml",
        "woff, font/woff",
        "woff2, font/woff2",
        "ttf, font/ttf",
        "otf, font/otf",
        "svg, image/svg+xml",
        "ico, image/vnd.microsoft.icon",
        "png, image/png",
        "jpg, image/jpeg",
        "jpeg, image/jpeg",
        "gif, image/gif",
        "webp, image/webp",
        "avif, image/avif",
        "jxl, image/jxl",
        "bmp, image/bmp",
        "mp4, video/mp4",
        "webm, video/webm",
        "ts, video/mp2t",
        "mts, video/mp2t",
        "3gpp, video/3gpp",
        "mp3, audio/mpeg",
        "m4a, audio/mp4",
        "aac, audio/aac",
        "wav, audio/wav",
        "flac, audio/flac",
        "opus, audio/ogg",
        "ogg, audio/ogg",
        "glb, model/gltf-binary",
        "stl, model/stl",
    })
    void of_knownExtension_isTheRegisteredType(String extension, String fieldValue) {
        assertEquals(fieldValue, TYPES.of("file." + extension).fieldValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "README", ".", "..", ".html", "file.", "file.unheard-of", "html", "a.html.", "a.html/b"})
    void of_noKnownExtension_isOctetStream(String fileName) {
        assertEquals(MediaType.OCTET_STREAM, TYPES.of(fileName));
    }

    @ParameterizedTest
    @CsvSource({"A.HTML, text/html", "app.min.js, text/javascript", "..css, text/css", "a.js.png, image/png"})
    void of_lastDot_countsInAnyCase(String fileName, String essence) {
        assertEquals(essence, TYPES.of(fileName).essence());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "html",
                "css",
                "js",
                "mjs",
                "txt",
                "md",
                "csv",
                "vtt",
                "ics",
                "vcf",
                "json",
                "map",
                "webmanifest",
                "geojson",
                "xml",
                "xhtml",
                "rss",
                "atom",
                "yaml",
                "yml",
                "toml",
                "svg",
                "wasm",
                "ttf",
                "otf",
                "eot",
                "gltf",
                "rtf",
                "mpd"
            })
    void compressible_text_isTrue(String extension) {
        assertTrue(TYPES.of("file." + extension).compressible());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "png",
                "jpg",
                "gif",
                "webp",
                "avif",
                "jxl",
                "ico",
                "bmp",
                "tiff",
                "mp4",
                "webm",
                "mkv",
                "ts",
                "mp3",
                "ogg",
                "flac",
                "wav",
                "woff",
                "woff2",
                "zip",
                "gz",
                "tgz",
                "tar",
                "zst",
                "br",
                "xz",
                "bz2",
                "7z",
                "rar",
                "jar",
                "war",
                "apk",
                "epub",
                "docx",
                "xlsx",
                "odt",
                "pdf",
                "iso",
                "deb",
                "dmg",
                "exe",
                "bin",
                "unheard-of",
                ""
            })
    void compressible_codedOrUnknown_isFalse(String extension) {
        assertFalse(TYPES.of("file." + extension).compressible());
    }

    @ParameterizedTest
    @CsvSource({
        "text/x-anything, true",
        "application/json, true",
        "application/problem+json, true",
        "image/svg+xml, true",
        "application/wasm, true",
        "image/png, false",
        "application/octet-stream, false",
        "application/x-anything, false",
    })
    void compressible_typeOfNoDataSet_goesByItsName(String essence, boolean compressible) {
        assertEquals(compressible, new MediaType(essence, false).compressible());
    }

    @Property
    void of_anyName_dependsOnItsExtensionOnly(@ForAll("names") String stem, @ForAll("names") String extension) {
        MediaType type = TYPES.of("x." + extension);
        assertEquals(type, TYPES.of("x" + stem + "." + extension));
        assertEquals(type, TYPES.of("x." + extension.toUpperCase(Locale.ROOT)));
        assertEquals(type.essence().toLowerCase(Locale.ROOT), type.essence());
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of("html", "js", "png", "json", "xml", "svg", "mp4", "wasm"),
                Arbitraries.strings().withChars("abjsmp34").ofMaxLength(4));
    }
}
