package cn.xinyuan.server.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The link types of the GS1 Web Vocabulary (<a href="https://ref.gs1.org/voc/?show=linktypes">
 * ref.gs1.org/voc</a>) that this platform uses: some it states itself, the others the owner of a
 * product may register.
 */
public enum LinkType {
    DEFAULT_LINK("defaultLink", "默认链接", "Default link", false),
    DEFAULT_LINK_MULTI(
            "defaultLinkMulti", "按语言和格式选择的默认链接", "Default by language and format", false),
    TRACEABILITY("traceability", "产品溯源", "Traceability", false),
    CERTIFICATION_INFO("certificationInfo", "授权与合格证", "Licence and certificates", false),
    RECALL_STATUS("recallStatus", "召回状态", "Recall status", false),
    VERIFICATION_SERVICE("verificationService", "标签真伪查询", "Check a label", false),
    EPCIS("epcis", "EPCIS 事件（需授权）", "EPCIS events (for those entitled)", false),
    MASTER_DATA("masterData", "产品主数据", "Master data", false),
    PIP("pip", "产品信息", "Product information", true),
    HOMEPAGE("homepage", "主页", "Home page", true),
    HAS_RETAILERS("hasRetailers", "哪里能买到", "Where to buy", true),
    RECIPE_INFO("recipeInfo", "吃法与菜谱", "Recipes", true),
    INSTRUCTIONS("instructions", "使用说明", "Instructions", true),
    CONSUMER_HANDLING_STORAGE_INFO(
            "consumerHandlingStorageInfo", "保存方法", "Handling and storage", true),
    NUTRITIONAL_INFO("nutritionalInfo", "营养成分", "Nutrition", true),
    ALLERGEN_INFO("allergenInfo", "过敏原", "Allergens", true),
    INGREDIENTS_INFO("ingredientsInfo", "配料", "Ingredients", true),
    SUSTAINABILITY_INFO("sustainabilityInfo", "可持续", "Sustainability", true),
    SAFETY_INFO("safetyInfo", "安全提示", "Safety", true),
    FAQS("faqs", "常见问题", "Frequent questions", true),
    SUPPORT("support", "客服", "Support", true),
    TUTORIAL("tutorial", "教程", "Tutorial", true),
    RELATED_IMAGE("relatedImage", "图片", "Image", true),
    RELATED_VIDEO("relatedVideo", "视频", "Video", true),
    SOCIAL_MEDIA("socialMedia", "社交媒体", "Social media", true),
    PROMOTION("promotion", "优惠活动", "Promotion", true),
    LOYALTY_PROGRAM("loyaltyProgram", "会员计划", "Loyalty programme", true),
    REVIEW("review", "评价", "Reviews", true),
    LEAVE_REVIEW("leaveReview", "写评价", "Leave a review", true),
    REGISTER_PRODUCT("registerProduct", "产品登记", "Register the product", true),
    SERVICE_INFO("serviceInfo", "服务信息", "Service", true);

    /** The namespace of the vocabulary. */
    public static final String VOCABULARY = "https://ref.gs1.org/voc/";

    private static final List<String> SPELLINGS =
            List.of(
                    "gs1:",
                    VOCABULARY,
                    "http://ref.gs1.org/voc/",
                    "https://gs1.org/voc/",
                    "http://gs1.org/voc/",
                    "https://www.gs1.org/voc/",
                    "http://www.gs1.org/voc/");

    private final String term;
    private final String chinese;
    private final String english;
    private final boolean owners;

    LinkType(String term, String chinese, String english, boolean owners) {
        this.term = term;
        this.chinese = chinese;
        this.english = english;
        this.owners = owners;
    }

    /** Reads {@code gs1:pip} or the whole address of a type; empty when the platform has none. */
    public static Optional<LinkType> read(String asked) {
        return SPELLINGS.stream()
                .filter(asked::startsWith)
                .map(s -> asked.substring(s.length()))
                .flatMap(t -> Arrays.stream(values()).filter(v -> v.term.equals(t)))
                .findFirst();
    }

    /** The word of the vocabulary, such as {@code pip}. */
    public String term() {
        return term;
    }

    /** The short form, such as {@code gs1:pip}. */
    public String curie() {
        return "gs1:" + term;
    }

    /** The whole address, as a link relation (RFC 8288, section 2.1.2). */
    public String uri() {
        return VOCABULARY + term;
    }

    /** What it is called in Chinese. */
    public String chinese() {
        return chinese;
    }

    /** What it is called in English. */
    public String english() {
        return english;
    }

    /**
     * Whether the owner of a product may register such links. What the platform vouches for,
     * tracing, certificates and recalls, it states itself.
     */
    public boolean ownersMayRegister() {
        return owners;
    }
}
