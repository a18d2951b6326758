package cn.xinyuan.server.standards.web;

import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.standards.Standards;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The standards for machines. */
@RestController
@RequestMapping("/api/v1/standards")
@Tag(name = "standards", description = "Editions, limits, bans and registered products by date")
class StandardsApi {

    private final Standards standards;
    private final Clock clock;

    StandardsApi(Standards standards, Clock clock) {
        this.standards = standards;
        this.clock = clock;
    }

    @GetMapping
    @AnyoneMayCall
    @Operation(summary = "All editions, newest first")
    List<Standards.Edition> editions() {
        return standards.editions();
    }

    @GetMapping("/in-force")
    @AnyoneMayCall
    @Operation(
            summary = "The edition in force for a product category on a day, with its limits",
            description =
                    "product is a category such as litchi, or its Chinese name; day is today if left out")
    InForce inForce(@RequestParam String product, @RequestParam @Nullable LocalDate day) {
        String category =
                standards
                        .readCategory(product)
                        .orElseThrow(() -> Problems.of("product", "没有“" + product + "”这个产品类别。"));
        LocalDate on = day == null ? ChinaTime.today(clock) : day;
        Standards.Edition edition =
                standards
                        .inForce(category, on)
                        .orElseThrow(() -> new NotFound("edition for " + category + " on " + on));
        return new InForce(
                category,
                standards.governing(category),
                on,
                edition,
                standards.limits(category, on));
    }

    @GetMapping("/pesticide-products")
    @AnyoneMayCall
    @Operation(summary = "Registered products with pre-harvest interval and uses per season")
    List<Standards.PesticideProduct> products() {
        return standards.pesticideProducts();
    }

    @GetMapping("/yields")
    @AnyoneMayCall
    @Operation(
            summary = "Published yields of a crop in kg per mu, newest first",
            description =
                    "product is a category such as litchi, or its Chinese name. Computed from the"
                            + " published area and output; only to see what is plausible")
    List<Standards.PublishedYield> yields(@RequestParam String product) {
        return standards.publishedYields(
                standards
                        .readCategory(product)
                        .orElseThrow(() -> Problems.of("product", "没有“" + product + "”这个产品类别。")));
    }

    @PostMapping("/reference")
    @MayCall(Role.ADMINISTRATOR)
    @Operation(summary = "Loads the reference figures that come with the program; idempotent")
    Loaded load() {
        standards.loadReference();
        return new Loaded(standards.editions().size(), standards.pesticideProducts().size());
    }

    /**
     * @param governedBy the category whose limits hold: dried litchi is judged as litchi
     */
    record InForce(
            String category,
            String governedBy,
            LocalDate day,
            Standards.Edition edition,
            List<Standards.LimitInForce> limits) {}

    record Loaded(int editions, int pesticideProducts) {}
}
