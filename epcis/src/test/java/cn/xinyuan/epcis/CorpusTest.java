package cn.xinyuan.epcis;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a fuzzer found, tried again: see {@code corpus/README.md}. */
class CorpusTest {

    @TestFactory
    Stream<DynamicTest> whatever_is_sent_is_answered() throws Exception {
        return Files.list(corpus())
                .filter(p -> !p.toString().endsWith(".md"))
                .sorted()
                .map(
                        p ->
                                DynamicTest.dynamicTest(
                                        String.valueOf(p.getFileName()),
                                        () -> Anything.fuzzerTestOneInput(Files.readAllBytes(p))));
    }

    private static Path corpus() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(CorpusTest.class.getResource("/corpus")).toURI());
    }
}
