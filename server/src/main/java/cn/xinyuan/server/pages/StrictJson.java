package cn.xinyuan.server.pages;

import java.math.BigDecimal;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.deser.jdk.NumberDeserializers.BigDecimalDeserializer;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * How JSON is read: what is not meant is not guessed. A fraction is not cut to a whole number, a
 * point in time or a count of days is not taken for a day, a figure has no absurd exponent, and a
 * text is one that can be kept.
 */
@Configuration(proxyBeanMethods = false)
class StrictJson {

    /** Digits before or behind the point; no measure and no count has as many. */
    private static final int MOST_DIGITS = 40;

    @Bean
    static JsonMapperBuilderCustomizer nothingIsGuessed() {
        return json ->
                json.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .defaultLeniency(false)
                        .addModule(
                                new SimpleModule("strict")
                                        .addDeserializer(String.class, new Text())
                                        .addDeserializer(BigDecimal.class, new Figure()));
    }

    private static final class Text extends StringDeserializer {
        @Override
        public String deserialize(JsonParser json, DeserializationContext context) {
            String text = super.deserialize(json, context);
            PlainText.problem(text)
                    .ifPresent(
                            problem -> {
                                throw Problems.of("", problem);
                            });
            return text;
        }
    }

    private static final class Figure extends BigDecimalDeserializer {
        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) {
            BigDecimal figure = super.deserialize(json, context);
            if (figure != null
                    && (figure.precision() > 2 * MOST_DIGITS
                            || Math.abs((long) figure.scale()) > MOST_DIGITS)) {
                throw Problems.of("", "数字太大或小数太多，请检查后重写。");
            }
            return figure;
        }
    }
}
