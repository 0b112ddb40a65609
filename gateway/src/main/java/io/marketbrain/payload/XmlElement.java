package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** An XML element, or the document around its root element. Names are local ones; complete once it has been read. */
final class XmlElement implements PayloadNode {
    private static final String ATTRIBUTE = "@";

    private final String name;
    private final @Nullable XmlElement parent;
    private final PayloadLimits limits;
    private final SequencedMap<String, PayloadNode> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlElement(String name, @Nullable XmlElement parent, PayloadLimits limits) {
        this.name = name;
        this.parent = parent;
        this.limits = limits;
    }

    void addAttribute(String attribute, String value) {
        attributes.put(ATTRIBUTE + attribute, new TextNode(value, ATTRIBUTE + attribute, NumberMarks.USUAL, limits));
    }

    XmlElement addChild(String child) throws MalformedPayload {
        if (children.size() >= limits.elements()) {
            throw new MalformedPayload(this + " has more than " + limits.elements() + " elements");
        }
        var element = new XmlElement(child, this, limits);
        children.add(element);
        return element;
    }

    void addText(String part) throws MalformedPayload {
        if (text.length() + part.length() > limits.textLength()) {
            throw new MalformedPayload(this + " has more than " + limits.textLength() + " characters");
        }
        text.append(part);
    }

    @Override
    public List<PayloadNode> named(String step) {
        if (step.startsWith(ATTRIBUTE)) {
            PayloadNode attribute = attributes.get(step);
            return attribute == null ? List.of() : List.of(attribute);
        }
        List<PayloadNode> found = new ArrayList<>();
        for (XmlElement child : children) {
            if (child.name.equals(step)) {
                found.add(child);
            }
        }
        return found;
    }

    @Override
    public boolean isList() {
        return false;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public List<PayloadNode> items() {
        return List.copyOf(children);
    }

    @Override
    public SequencedMap<String, PayloadNode> members() {
        return Collections.unmodifiableSequencedMap(attributes);
    }

    @Override
    public boolean isNull() {
        return children.isEmpty() && attributes.isEmpty() && text.toString().isBlank();
    }

    @Override
    public String text() throws MalformedPayload {
        if (!children.isEmpty()) {
            throw new MalformedPayload(this + " is not a text");
        }
        return text.toString().strip();
    }

    @Override
    public BigDecimal decimal() throws MalformedPayload {
        return SentDecimal.find(text(), limits).orElseThrow(() -> new MalformedPayload(this + " is not a decimal"));
    }

    @Override
    public String toString() {
        if (parent == null) {
            return "the document";
        }
        return parent.parent == null ? name : parent + "/" + name;
    }
}
