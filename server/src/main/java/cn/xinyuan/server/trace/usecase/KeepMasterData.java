package cn.xinyuan.server.trace.usecase;

import cn.xinyuan.epcis.EpcisDocument;
import cn.xinyuan.epcis.Identifier;
import cn.xinyuan.epcis.query.Names;
import cn.xinyuan.server.pages.Visitor;
import cn.xinyuan.server.trace.domain.EventArchive;
import cn.xinyuan.server.trace.domain.EventArchive.Attribute;
import cn.xinyuan.server.trace.domain.EventArchive.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the master data that a captured document brings in its header (EPCIS 2.0, 6.5). They serve
 * the queries of the party that sent them, and of those who see everything.
 */
@NullMarked
@Component
public class KeepMasterData {

    private static final int MOST = 20_000;
    private static final int LONGEST = 2_000;

    private final EventArchive archive;

    KeepMasterData(EventArchive archive) {
        this.archive = archive;
    }

    /** Notes what lies below what, and attributes; both as far as they are well-formed. */
    @Transactional
    public void keep(Visitor by, EpcisDocument document) {
        JsonNode header = document.others().get("epcisHeader");
        if (header == null) {
            return;
        }
        Names names = Names.of(document.context().prefixes());
        List<Child> children = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        for (JsonNode list : header.path("epcisMasterData").path("vocabularyList")) {
            for (JsonNode element : list.path("vocabularyElementList")) {
                element(element, names, children, attributes);
            }
        }
        UUID party = by.party();
        archive.note(
                party == null ? by.account() : party,
                children.stream().limit(MOST).toList(),
                attributes.stream().limit(MOST).toList());
    }

    private static void element(
            JsonNode element, Names names, List<Child> children, List<Attribute> attributes) {
        String id = text(element.path("id"));
        if (id.isEmpty()) {
            return;
        }
        String canonical = Identifier.canonical(id);
        for (JsonNode child : element.path("children")) {
            if (!text(child).isEmpty()) {
                children.add(new Child(canonical, Identifier.canonical(text(child))));
            }
        }
        for (JsonNode each : element.path("attributes")) {
            String name = text(each.path("id"));
            JsonNode value = each.path("attribute");
            String said = value.isValueNode() ? value.asString() : value.toString();
            if (!name.isEmpty() && said.length() <= LONGEST && said.indexOf('\0') < 0) {
                attributes.add(new Attribute(canonical, names.whole(name), said));
            }
        }
    }

    private static String text(JsonNode node) {
        String text = node.isString() ? node.stringValue() : "";
        return text.length() <= LONGEST && text.indexOf('\0') < 0 ? text : "";
    }
}
