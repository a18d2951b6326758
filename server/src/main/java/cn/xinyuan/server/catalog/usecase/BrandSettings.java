package cn.xinyuan.server.catalog.usecase;

import cn.xinyuan.server.catalog.Catalog.Brand;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The brand as its operator configures it ({@code xinyuan.brand.*}).
 *
 * @param gs1Prefix the company prefix under which products without a GTIN get one; 952 is GS1's own
 *     prefix for demonstrations
 */
@ConfigurationProperties("xinyuan.brand")
public record BrandSettings(
        @DefaultValue("茂名") String city,
        @DefaultValue("Maoming") String cityEn,
        @DefaultValue("信") String name,
        @DefaultValue("Xin mark") String nameEn,
        @DefaultValue("示例主管部门") String operator,
        @DefaultValue("12345") String hotline,
        @DefaultValue("9521234") String gs1Prefix) {

    public BrandSettings {
        if (!gs1Prefix.matches("[0-9]{4,10}")) {
            throw new IllegalArgumentException(
                    "xinyuan.brand.gs1-prefix must be 4 to 10 digits, not '" + gs1Prefix + "'");
        }
    }

    Brand brand() {
        return new Brand(city, cityEn, name, nameEn, operator, hotline);
    }
}
