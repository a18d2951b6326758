package cn.xinyuan.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifierTest {

    @ParameterizedTest
    @CsvSource({
        "urn:epc:class:lgtin:4012345.012345.998877, /01/04012345123456/10/998877",
        "urn:epc:id:sgtin:0614141.107346.2017, /01/10614141073464/21/2017",
        "urn:epc:idpat:sgtin:4012345.066666.*, /01/04012345666663",
        "urn:epc:id:sscc:4012345.0000000333, /00/040123450000003338",
        "urn:epc:id:sgln:4012345.00011.987, /414/4012345000115/254/987",
        "urn:epc:id:sgln:4012345.00005.0, /414/4012345000054",
        "urn:epc:id:pgln:0614141.00000, /417/0614141000005",
        "urn:epc:id:giai:4000001.111, /8004/4000001111",
        "urn:epc:id:gdti:4012345.11111.123, /253/4012345111118123",
        "urn:epc:id:gsrn:0614141.0000010253, /8018/061414100000102534",
        "https://example.com/some/path/01/9521234000013/10/A?17=260101, /01/09521234000013/10/A",
        "https://example.com/gtin/09521234000013/lot/A/ser/9, /01/09521234000013/21/9",
        "https://id.gs1.org/01/09521234000013/22/v/10/A%2Fb, /01/09521234000013/10/A%2Fb",
    })
    void every_spelling_of_a_key_has_one_form(String written, String canonical) {
        assertThat(Identifier.canonical(written)).isEqualTo("https://id.gs1.org" + canonical);
    }

    @Test
    void what_bears_no_key_stays_as_written() {
        for (String other :
                new String[] {
                    "urn:uuid:1", "https://example.com/lot/7", "urn:epc:id:sgtin:1.2.3", "x:y"
                }) {
            assertThat(Identifier.canonical(other)).isEqualTo(other);
        }
    }

    @Test
    void a_lot_is_a_class_and_a_serial_is_a_thing() {
        Identifier lot = Identifier.of("https://id.gs1.org/01/09521234000013/10/A%2Fb");
        assertThat(lot.isClass()).isTrue();
        assertThat(lot.lot()).contains("A/b");
        assertThat(lot.gtin()).contains("09521234000013");
        assertThat(Identifier.of("urn:epc:id:sgtin:0614141.107346.2017").isClass()).isFalse();
    }
}
