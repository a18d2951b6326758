package cn.xinyuan.server.parties.usecase;

import cn.xinyuan.server.parties.District;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * The administrative divisions, from a file with the columns code, name_zh and name_en. A city that
 * is not Maoming names its own file in {@code xinyuan.districts}.
 */
@Component
class Districts {

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    private final Map<String, District> byCode = new LinkedHashMap<>();

    Districts(
            @Value("${xinyuan.districts:classpath:cn/xinyuan/server/parties/districts.csv}")
                    Resource file) {
        try (InputStream in = file.getInputStream();
                var records = FORMAT.parse(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (CSVRecord record : records) {
                byCode.put(
                        record.get("code"),
                        new District(
                                record.get("code"), record.get("name_zh"), record.get("name_en")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the districts cannot be read: " + file, e);
        }
    }

    Optional<District> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    List<District> all() {
        return List.copyOf(byCode.values());
    }
}
