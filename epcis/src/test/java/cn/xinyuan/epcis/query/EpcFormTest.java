package cn.xinyuan.epcis.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Identifiers as Digital Link and as EPC URN, there and back. */
class EpcFormTest {

    private final EpcForm form = new EpcForm(Map.of("952", 7));

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
            String link = EpcForm.link(urn);
            assertThat(link).startsWith("https://id.gs1.org/");
            assertThat(form.urn(link)).isEqualTo(urn);
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
            assertThat(form.urn(other)).isEqualTo(other);
            assertThat(EpcForm.link(other)).isEqualTo(other);
        }
    }
}
