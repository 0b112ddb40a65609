package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML with the JDK's stream parser. Document type declarations, and with them entities other than the five that XML
 * itself defines, are malformed; nothing outside the document is ever read. Needs no stack, so nesting costs no more than
 * the limits allow. In UTF-8, or in ISO-8859-1 where the document says so. Thread-safe.
 */
public final class XmlReader {
    private XmlReader() {}

    /** Loads the parser when the first XML payload is read. */
    private static final class Holder {
        static final XMLInputFactory FACTORY = factory();

        private static XMLInputFactory factory() {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
            factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
            factory.setXMLReporter((_, _, _, _) -> {});
            factory.setXMLResolver((_, _, _, _) -> {
                throw new XMLStreamException("nothing outside the document is read");
            });
            return factory;
        }
    }

    /** The document in {@code body}; its root element is its only child. */
    public static PayloadNode read(byte[] body, PayloadLimits limits) throws MalformedPayload {
        if (body.length > limits.bodyBytes()) {
            throw new MalformedPayload("the body is more than " + limits.bodyBytes() + " bytes");
        }
        // The parser prints what it thinks of bytes that are not in their encoding; of characters it does not.
        String text = BodyText.decode(body, BodyText.declaredCharset(body));
        try {
            // One thread at a time creates a parser: the factory is not documented as thread-safe.
            XMLStreamReader reader;
            synchronized (Holder.FACTORY) {
                reader = Holder.FACTORY.createXMLStreamReader(new StringReader(text));
            }
            try {
                return document(reader, limits);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            // The parser's message may quote the document.
            throw new MalformedPayload("the body is not valid XML");
        }
    }

    private static PayloadNode document(XMLStreamReader reader, PayloadLimits limits)
            throws XMLStreamException, MalformedPayload {
        var document = new XmlElement("", null, limits);
        Deque<XmlElement> open = new ArrayDeque<>();
        open.push(document);
        int tokens = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() > limits.depth()) {
                        throw new MalformedPayload("the body has more than " + limits.depth() + " levels of nesting");
                    }
                    if (open.size() == 1 && reader.getLocalName().equalsIgnoreCase("html")) {
                        throw new MalformedPayload("a page of HTML where XML should be");
                    }
                    tokens += 1 + reader.getAttributeCount();
                    if (tokens > limits.tokens()) {
                        throw new MalformedPayload("the body has more than " + limits.tokens() + " values");
                    }
                    open.push(element(reader, open.element(), limits));
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.element().addText(reader.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedPayload("the body declares or uses entities");
                default -> {
                    // White space, comments and processing instructions mean nothing.
                }
            }
        }
        return document;
    }

    private static XmlElement element(XMLStreamReader reader, XmlElement parent, PayloadLimits limits)
            throws MalformedPayload {
        XmlElement element = parent.addChild(name(reader.getLocalName(), limits));
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String value = reader.getAttributeValue(i).strip();
            if (value.length() > limits.textLength()) {
                throw new MalformedPayload("an attribute has more than " + limits.textLength() + " characters");
            }
            element.addAttribute(name(reader.getAttributeLocalName(i), limits), value);
        }
        return element;
    }

    private static String name(String name, PayloadLimits limits) throws MalformedPayload {
        if (name.length() > limits.nameLength()) {
            throw new MalformedPayload("a name has more than " + limits.nameLength() + " characters");
        }
        return name;
    }
}
