package cn.xinyuan.epcis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold for any bytes whatever. A fuzzer calls {@link #fuzzerTestOneInput}; what it found
 * is kept in the corpus and tried again by {@link CorpusTest}.
 */
public final class Anything {

    private static final Rendering LINKS =
            new Rendering(
                    Rendering.Identifiers.DIGITAL_LINK,
                    Rendering.Words.WEB_URI,
                    new CompanyPrefixes());
    private static final Rendering URNS =
            new Rendering(Rendering.Identifiers.URN, Rendering.Words.URN, new CompanyPrefixes());

    private Anything() {}

    /** Reads the bytes as XML or JSON, writes what was read in both forms and reads that again. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            boolean xml = bytes.length > 0 && bytes[0] == '<';
            Reading whole = xml ? EpcisXml.read(bytes) : EpcisJson.read(bytes);
            for (Reading.Item item : whole.events()) {
                check(
                        !(item instanceof Reading.Refused refused) || !refused.problems().isEmpty(),
                        "refused without a reason");
            }
            EpcisDocument document = whole.document();
            List<String> hashes = hashes(document);
            if (!xml) {
                streamed(bytes, whole);
            }
            Reading json =
                    EpcisJson.read(
                            EpcisJson.text(EpcisJson.write(document))
                                    .getBytes(StandardCharsets.UTF_8));
            check(hashes(json.document()).equals(hashes), "another hash from JSON");
            String written = EpcisXml.write(document);
            Reading again = EpcisXml.read(written.getBytes(StandardCharsets.UTF_8));
            check(again.problems().isEmpty(), "XML refused: " + again.problems());
            check(
                    hashes(again.document()).equals(hashes),
                    "another hash from XML "
                            + written
                            + preimages(document)
                            + preimages(again.document()));
            for (EpcisEvent event : document.events()) {
                for (String name : Link.things(event)) {
                    Identifier thing = Identifier.of(name);
                    thing.gtin();
                    thing.lot();
                    check(thing.canonical().equals(name), "canonical only at the second time");
                }
                LINKS.event(event, document.context());
                URNS.event(event, document.context());
                Link.of(event);
                Movement.of(event);
            }
        } catch (UnreadableDocument e) {
            check(!e.problems().isEmpty(), "unreadable without a reason");
        }
    }

    private static void streamed(byte[] bytes, Reading whole) {
        List<String> items = new ArrayList<>();
        try {
            EpcisJson.read(
                    new ByteArrayInputStream(bytes),
                    Strictness.NORMAL,
                    (item, _) -> items.add(item.pointer() + item.getClass()));
        } catch (UnreadableDocument | IOException e) {
            return;
        }
        check(
                items.equals(whole.events().stream().map(i -> i.pointer() + i.getClass()).toList()),
                "other events from the stream");
    }

    private static List<String> hashes(EpcisDocument document) {
        return document.events().stream().map(e -> EventHash.of(e, document.context())).toList();
    }

    private static List<String> preimages(EpcisDocument document) {
        return document.events().stream()
                .map(e -> EventHash.preimage(e, document.context()))
                .toList();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
