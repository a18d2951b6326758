package cn.xinyuan.epcis;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of GS1, as the outside judge of what is written here. */
final class Schemas {

    private final Schema json;
    private final javax.xml.validation.Schema xml;

    private Schemas(Schema json, javax.xml.validation.Schema xml) {
        this.json = json;
        this.xml = xml;
    }

    static Schemas read() throws Exception {
        Path folder = Vectors.folder("gs1-epcis");
        ObjectNode schema =
                (ObjectNode)
                        EpcisJson.parse(
                                Files.readAllBytes(folder.resolve("EPCIS-JSON-Schema.json")));
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return new Schemas(
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema),
                factory.newSchema(
                        new StreamSource[] {
                            new StreamSource(
                                    folder.resolve("XSD/EPCglobal-epcis-query-2_0.xsd").toFile()),
                            new StreamSource(folder.resolve("XSD/EPCglobal-epcis-2_0.xsd").toFile())
                        }));
    }

    /**
     * The JSON schema forgot persistentDisposition among the names of four event types, though it
     * describes it, and though the XSD and GS1's own JSON example of it have it there.
     */
    List<String> faults(JsonNode document) {
        List<String> all = json.validate(document).stream().map(Object::toString).toList();
        List<String> forgotten =
                all.stream()
                        .filter(f -> f.contains("property 'persistentDisposition' name"))
                        .map(f -> f.substring(0, f.indexOf(':')))
                        .toList();
        return all.stream()
                .filter(
                        f ->
                                !f.contains("property 'persistentDisposition' name")
                                        || !forgotten.contains(f.substring(0, f.indexOf(':'))))
                .toList();
    }

    List<String> faults(String document) throws IOException {
        List<String> found = new ArrayList<>();
        var validator = xml.newValidator();
        validator.setErrorHandler(
                new ErrorHandler() {
                    @Override
                    public void warning(SAXParseException e) {}

                    @Override
                    public void error(SAXParseException e) {
                        found.add(String.valueOf(e.getMessage()));
                    }

                    @Override
                    public void fatalError(SAXParseException e) {
                        found.add(String.valueOf(e.getMessage()));
                    }
                });
        try {
            validator.validate(new StreamSource(new StringReader(document)));
        } catch (SAXException e) {
            found.add(e.toString());
        }
        return found;
    }

    /** A DOCTYPE without content stands in some examples of GS1, and is refused here. */
    static byte[] withoutDoctype(byte[] document) {
        String text = new String(document, java.nio.charset.StandardCharsets.UTF_8);
        return Pattern.compile("<!DOCTYPE project>")
                .matcher(text)
                .replaceFirst("")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
