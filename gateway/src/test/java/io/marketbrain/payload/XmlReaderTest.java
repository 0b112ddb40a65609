package io.marketbrain.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
    private static PayloadNode read(String text) throws MalformedPayload {
        return XmlReader.read(text.getBytes(StandardCharsets.UTF_8), PayloadLimits.defaults());
    }

    private static PayloadNode only(PayloadNode node, String name) {
        assertThat(node.named(name)).hasSize(1);
        return node.named(name).getFirst();
    }

    @Test
    void elements_and_attributes_are_found_by_local_name_with_every_digit() throws MalformedPayload {
        PayloadNode root = only(
                read("<?xml version='1.0'?><n:r xmlns:n='urn:x'><!-- c --><n:a n:v='1.500'>x &amp; y</n:a><a/></n:r>"),
                "r");
        assertThat(root.named("a")).hasSize(2);
        PayloadNode first = root.named("a").getFirst();
        assertThat(first.text()).isEqualTo("x & y");
        assertThat(only(first, "@v").decimal()).isEqualTo(new BigDecimal("1.500"));
        assertThat(first.named("@w")).isEmpty();
        assertThat(first.toString()).isEqualTo("r/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<a b='1' b='2'/>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
                "<a>&x;</a>",
                "<!DOCTYPE html><html></html>"
            })
    void what_is_not_one_plain_document_is_malformed(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void nothing_outside_the_document_is_read(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "planted");
        String text = "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><a>&x;</a>";
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageNotContaining("planted");
    }

    @Test
    void entities_that_grow_are_malformed() {
        var text = new StringBuilder("<!DOCTYPE a [<!ENTITY x0 \"x\">");
        for (int i = 1; i < 40; i++) {
            text.append("<!ENTITY x%d \"&x%d;&x%d;\">".formatted(i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read(text.append("]><a>&x39;</a>").toString())).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void a_document_says_whether_it_is_in_latin_1() throws MalformedPayload {
        byte[] body = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00e9</a>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(only(XmlReader.read(body, PayloadLimits.defaults()), "a").text())
                .isEqualTo("\u00e9");
        byte[] other = "<?xml version='1.0' encoding='UTF-16'?><a/>".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> XmlReader.read(other, PayloadLimits.defaults()))
                .isInstanceOf(MalformedPayload.class);
    }

    @Test
    void damaged_documents_are_malformed_and_nothing_is_printed() {
        byte[] whole =
                "<?xml version='1.0'?><r x='1'><a>\u00e9 &lt;</a><![CDATA[x]]></r>".getBytes(StandardCharsets.UTF_8);
        var printed = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (int at = 0; at < whole.length; at++) {
                for (int damage : new int[] {0, 0xFF, 0xC3, 0xED, '<', '&', '>', '"', ']', '\uFFFE'}) {
                    byte[] damaged = whole.clone();
                    damaged[at] = (byte) damage;
                    try {
                        XmlReader.read(damaged, PayloadLimits.defaults());
                    } catch (MalformedPayload e) {
                        assertThat(e).hasMessageNotContaining("CDATA");
                    }
                }
            }
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Fatal");
    }

    @Test
    void a_page_is_no_document_although_it_is_well_formed() {
        assertThatThrownBy(() -> read("<HTML><body><p>Maintenance</p></body></HTML>"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage("a page of HTML where XML should be");
    }

    @Test
    void deep_nesting_is_malformed_and_costs_no_stack() {
        String open = "<a>".repeat(100_000);
        assertThatThrownBy(() -> read(open))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("nesting");
    }

    @Test
    void elements_attributes_names_and_texts_are_limited() {
        var limits = new PayloadLimits(1 << 20, 1 << 20, 10, 64, 5, 6, 30, 100, 3, 1);
        for (String text : new String[] {
            "<a><b/><b/><b/><b/></a>",
            "<a b='1' c='2' d='3' e='4' f='5' g='6' h='7' i='8' j='9' k='10'/>",
            "<abcdef/>",
            "<a>1234567</a>",
            "<a b='1234567'/>"
        }) {
            assertThatThrownBy(() -> XmlReader.read(text.getBytes(StandardCharsets.UTF_8), limits))
                    .as(text)
                    .isInstanceOf(MalformedPayload.class)
                    .hasMessageContaining("more than");
        }
    }
}
