package cn.xinyuan.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Identifiers in the form that a reader asks for, by the table of company prefixes. */
class RenderingTest {

    private final Rendering urns = rendering(Rendering.Identifiers.URN);
    private final Rendering links = rendering(Rendering.Identifiers.DIGITAL_LINK);

    private static Rendering rendering(Rendering.Identifiers form) {
        return new Rendering(
                form, Rendering.Words.AS_WRITTEN, new CompanyPrefixes(Map.of("952", 7)));
    }

    @Test
    void what_goes_to_a_link_comes_back_the_same() {
        for (String urn :
                List.of(
                        "urn:epc:id:sgtin:9521234.000001.S%2F1",
                        "urn:epc:class:lgtin:9521234.000001.L1",
                        "urn:epc:idpat:sgtin:9521234.000001.*",
                        "urn:epc:id:sscc:9521234.0000000001",
                        "urn:epc:id:sgln:9521234.00001.0",
                        "urn:epc:id:sgln:9521234.00001.400",
                        "urn:epc:id:pgln:9521234.00001",
                        "urn:epc:id:grai:9521234.00001.77",
                        "urn:epc:id:giai:9521234.abc",
                        "urn:epc:id:gdti:9521234.00001.77",
                        "urn:epc:id:gsrn:9521234.0000000001")) {
            String link = links.identifier(urn);
            assertThat(link).startsWith("https://id.gs1.org/");
            assertThat(urns.identifier(link)).isEqualTo(urn);
        }
    }

    @Test
    void what_is_not_known_stays_as_it_is() {
        for (String other :
                List.of(
                        "https://id.gs1.org/01/04012345123456/21/abc",
                        "https://example.org/hall/7",
                        "urn:uuid:1",
                        "urn:jaif:id:obj:37SUN")) {
            assertThat(urns.identifier(other)).isEqualTo(other);
            assertThat(links.identifier(other)).isEqualTo(other);
        }
    }

    @Test
    void the_prefixes_of_one_event_are_not_learnt_for_another() throws Exception {
        String learnt =
                "{\"type\":\"ObjectEvent\",\"epcList\":[\"urn:epc:id:sscc:4012345.0000000001\","
                        + "\"https://id.gs1.org/00/040123450000000023\"]}";
        String other =
                "{\"type\":\"ObjectEvent\",\"epcList\":[\"https://id.gs1.org/00/040123450000000023\"]}";
        assertThat(urns.json(event(learnt)).event().toString())
                .contains("urn:epc:id:sscc:4012345.0000000002");
        assertThat(urns.json(event(other)).event().toString())
                .contains("https://id.gs1.org/00/040123450000000023");
        assertThat(urns.json(event(other)).kept()).hasSize(1);
    }

    private static tools.jackson.databind.node.ObjectNode event(String text) throws Exception {
        return (tools.jackson.databind.node.ObjectNode)
                EpcisJson.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
