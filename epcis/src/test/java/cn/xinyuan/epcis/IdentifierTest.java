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
        "urn:epc:id:cpi:0614141.123ABC.1<2, /8010/0614141123ABC/8011/1%3C2",
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

    @ParameterizedTest
    @CsvSource({
        "urn:epc:id:sgtin:0614141.107346.2017, 01/10614141073464/21/2017",
        "urn:epc:id:sgtin:0614141.107346.32a%2Fb, 01/10614141073464/21/32a%2Fb",
        "urn:epc:class:lgtin:4012345.012345.998877, 01/04012345123456/10/998877",
        "urn:epc:idpat:sgtin:4012345.066666.*, 01/04012345666663",
        "urn:epc:id:sscc:4012345.0000000333, 00/040123450000003338",
        "urn:epc:id:sgln:4012345.00011.987, 414/4012345000115/254/987",
        "urn:epc:id:sgln:4012345.00005.0, 414/4012345000054",
        "urn:epc:id:pgln:0614141.00000, 417/0614141000005",
        "urn:epc:id:grai:0614141.12345.400, 8003/00614141123452400",
        "urn:epc:idpat:grai:0614141.12345.*, 8003/00614141123452",
        "urn:epc:id:giai:4000001.111, 8004/4000001111",
        "urn:epc:id:gsrn:0614141.0000010253, 8018/061414100000102534",
        "urn:epc:id:gsrnp:0614141.0000010253, 8017/061414100000102534",
        "urn:epc:id:gdti:4012345.11111.123, 253/4012345111118123",
        "urn:epc:idpat:gdti:4012345.11111.*, 253/4012345111118",
        "urn:epc:id:cpi:0614141.123ABC.123456789, 8010/0614141123ABC/8011/123456789",
        "urn:epc:idpat:cpi:0614141.123ABC.*, 8010/0614141123ABC",
        "urn:epc:id:sgcn:4012345.67890.04711, 255/401234567890104711",
        "urn:epc:id:ginc:0614141.xyz3311cba, 401/0614141xyz3311cba",
        "urn:epc:id:gsin:0614141.123456789, 402/06141411234567890",
        "urn:epc:id:itip:4012345.012345.01.02.987, 8006/040123451234560102/21/987",
        "urn:epc:idpat:itip:4012345.012345.01.02.*, 8006/040123451234560102",
        "urn:epc:id:upui:1234567.089456.51qIgY)%3C%26Jp3*j7SDB,"
                + " 01/01234567894560/235/51qIgY%29%3C%26Jp3%2Aj7SDB",
    })
    void every_scheme_goes_into_a_link_and_back(String urn, String link) {
        String canonical = "https://id.gs1.org/" + link;
        CompanyPrefixes known = new CompanyPrefixes();
        known.learn(urn);

        assertThat(Identifier.of(urn).digitalLink())
                .isEqualTo(new Identifier.Rendered(canonical, null));
        assertThat(Identifier.canonical(canonical)).isEqualTo(canonical);
        assertThat(Identifier.of(canonical).urn(known))
                .isEqualTo(new Identifier.Rendered(urn, null));
        assertThat(Identifier.of(canonical).urn(new CompanyPrefixes()).reason())
                .isEqualTo("the length of the company prefix in it is not known");
        assertThat(Identifier.of(canonical).isClass())
                .isEqualTo(urn.contains(":class:") || urn.contains(":idpat:"));
        assertThat(Identifier.of(urn).wrongCheckDigit()).isEmpty();
        assertThat(Identifier.of(canonical).wrongCheckDigit()).isEmpty();
    }

    @Test
    void what_has_no_other_form_stays_with_a_reason() {
        CompanyPrefixes known = new CompanyPrefixes(java.util.List.of("9521234"));
        for (String odd : new String[] {"urn:uuid:1", "https://example.com/lot/7", "x:y"}) {
            assertThat(Identifier.of(odd).urn(known))
                    .isEqualTo(new Identifier.Rendered(odd, "it bears no GS1 key"));
            assertThat(Identifier.of(odd).digitalLink().text()).isEqualTo(odd);
        }
        String chinese = "https://id.gs1.org/01/09521234000013/10/%E8%8D%94";
        assertThat(Identifier.of(chinese).urn(known))
                .isEqualTo(
                        new Identifier.Rendered(
                                chinese, "it holds characters that an EPC URN cannot bear"));
        String wrong = "https://id.gs1.org/01/09521234000014/10/A";
        assertThat(Identifier.of(wrong).urn(known))
                .isEqualTo(
                        new Identifier.Rendered(
                                wrong, "its check digit is wrong, and an EPC URN has none"));
        assertThat(Identifier.of("urn:epc:id:sgtin:0614141.1.7").digitalLink().reason())
                .isEqualTo("it does not have the parts of its scheme");
        assertThat(Identifier.of("urn:epc:id:sgtin:0614141.1.7").isMalformed()).isTrue();
    }

    @Test
    void an_event_is_written_in_the_form_asked_for_and_keeps_its_hash() throws Exception {
        String text =
                """
                {"type":"ObjectEvent","eventTime":"2025-06-11T08:00:00+08:00",
                 "eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"shipping",
                 "disposition":"cbv:Disp-in_transit",
                 "epcList":["https://id.gs1.org/00/095212340000000013","urn:uuid:7"],
                 "quantityList":[{"epcClass":"https://id.gs1.org/01/09521234000013/10/L-7",
                 "quantity":25.5,"uom":"KGM"}],
                 "readPoint":{"id":"urn:epc:id:sgln:9521234.00001.0"},
                 "bizTransactionList":[{"type":"po","bizTransaction":"urn:x:1"}],
                 "sourceList":[{"type":"location",
                 "source":"https://id.gs1.org/414/9521234000013"}],
                 "persistentDisposition":{"set":["recalled"]},
                 "xin:seen":"https://id.gs1.org/414/9521234000013"}
                """;
        Context context = Context.with("xin", "https://ns.example.com/");
        EpcisEvent event =
                ((Reading.Understood)
                                EpcisJson.readEvent(
                                        EpcisJson.parse(
                                                text.getBytes(
                                                        java.nio.charset.StandardCharsets.UTF_8)),
                                        "",
                                        Strictness.NORMAL,
                                        context))
                        .event();

        Rendering.Rendered urns =
                new Rendering(
                                Rendering.Identifiers.URN,
                                Rendering.Words.WEB_URI,
                                new CompanyPrefixes())
                        .event(event, context);
        String written = EpcisJson.text(EpcisJson.write(urns.event()));
        assertThat(written)
                .contains(
                        "\"epcList\":[\"urn:epc:id:sscc:9521234.0000000001\",\"urn:uuid:7\"]",
                        "urn:epc:class:lgtin:9521234.000001.L-7",
                        "\"source\":\"urn:epc:id:sgln:9521234.00001.0\"",
                        "https://ref.gs1.org/cbv/BizStep-shipping",
                        "https://ref.gs1.org/cbv/Disp-in_transit",
                        "https://ref.gs1.org/cbv/Disp-recalled",
                        "https://ref.gs1.org/cbv/BTT-po",
                        "https://ref.gs1.org/cbv/SDT-location",
                        "\"xin:seen\":\"https://id.gs1.org/414/9521234000013\"");
        assertThat(urns.kept())
                .extracting(EpcisProblem::pointer)
                .containsExactlyInAnyOrder("/epcList/1", "/bizTransactionList/0/bizTransaction");
        Rendering.Rendered links =
                new Rendering(
                                Rendering.Identifiers.DIGITAL_LINK,
                                Rendering.Words.BARE,
                                new CompanyPrefixes())
                        .event(urns.event(), context);
        assertThat(EpcisJson.text(EpcisJson.write(links.event())))
                .contains("https://id.gs1.org/00/095212340000000013", "\"bizStep\":\"shipping\"")
                .doesNotContain("urn:epc:");
        assertThat(EventHash.of(urns.event(), context))
                .isEqualTo(EventHash.of(event, context))
                .isEqualTo(EventHash.of(links.event(), context));
        assertThat(Rendering.AS_WRITTEN.event(event, context).event()).isEqualTo(event);
    }
}
