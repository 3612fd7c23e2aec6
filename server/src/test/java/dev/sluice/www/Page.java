package dev.sluice.www;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * One HTML page of the site as an XML tree. The site is written in the syntax that HTML and XML share, so that the
 * JDK's parser can check it: it reports a forgotten end tag, which a browser would silently repair.
 *
 * @param name the file name within the site
 */
record Page(String name, Document document) {

    static Page read(Path file) throws IOException, SAXException, ParserConfigurationException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return new Page(file.getFileName().toString(), offlineParser().parse(bytes));
        }
    }

    List<Element> elements() {
        return named("*");
    }

    List<Element> named(String tag) {
        NodeList found = document.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    /** The non-blank values of the attribute, in document order. */
    List<String> values(String attribute) {
        return elements().stream()
                .map(element -> element.getAttribute(attribute))
                .filter(value -> !value.isBlank())
                .toList();
    }

    /** The content of {@code <meta name="…">}; empty if there is none. */
    String meta(String key) {
        return named("meta").stream()
                .filter(meta -> meta.getAttribute("name").equals(key))
                .map(meta -> meta.getAttribute("content"))
                .findFirst()
                .orElse("");
    }

    /** Every address the page refers to, in links, images, styles, scripts and drawings. */
    Stream<Reference> references() {
        return elements().stream()
                .flatMap(element -> Stream.of("href", "src", "srcset", "data", "poster", "action")
                        .filter(element::hasAttribute)
                        .map(attribute -> new Reference(element.getTagName(), element.getAttribute(attribute))));
    }

    @Override
    public String toString() {
        return name;
    }

    private static DocumentBuilder offlineParser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        DocumentBuilder parser = factory.newDocumentBuilder();
        parser.setErrorHandler(new Strict());
        return parser;
    }

    /**
     * An address in a page.
     *
     * @param tag the element that holds it
     * @param target the address as written
     */
    record Reference(String tag, String target) {

        boolean external() {
            return target.startsWith("//") || target.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
        }
    }

    /** Throws instead of printing, so that a failing page is one test failure with its line and column. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
