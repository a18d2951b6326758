package cn.xinyuan.server.pages;

import static cn.xinyuan.server.pages.Role.ADMINISTRATOR;
import static cn.xinyuan.server.pages.Role.ASSOCIATION;
import static cn.xinyuan.server.pages.Role.CITY_MANAGER;
import static cn.xinyuan.server.pages.Role.CLERK;
import static cn.xinyuan.server.pages.Role.EVALUATOR;
import static cn.xinyuan.server.pages.Role.FARMER;
import static cn.xinyuan.server.pages.Role.LABORATORY;
import static cn.xinyuan.server.pages.Role.RETAILER;
import static cn.xinyuan.server.pages.Role.SUPERVISOR;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The side navigation: where a role can go from every page. */
public enum Nav {
    FARM_TODAY("/f", "今天", "home", "", FARMER),
    FARM_RECORD("/f/record", "记一笔", "edit", "", FARMER),
    FARM_RECORDS("/f/records", "农事记录", "list", "", FARMER),
    FARM_HARVEST("/f/harvest", "采收", "basket", "", FARMER),

    HOME("/p", "工作台", "home", "", CLERK, ASSOCIATION),
    LOTS("/p/lots", "生产批次", "box", "生产", CLERK),
    CERTS("/p/certs", "合格证", "file-certificate", "生产", CLERK),
    CODES("/p/codes", "赋码与标签", "qrcode", "生产", CLERK),
    CASES("/p/cases", "装箱与托盘", "package", "生产", CLERK),
    TRACE_OWN("/trace", "追溯", "git-branch", "生产", CLERK),
    SHIPMENTS("/p/shipments", "收发货", "truck", "生产", CLERK),
    TESTS("/p/tests", "送检与报告", "flask", "生产", CLERK),
    APPLY("/p/apply", "评价申请", "inbox", "主体", CLERK),
    PRODUCTS("/p/products", "产品", "package", "主体", CLERK),
    BASES("/p/bases", "基地与地块", "plant", "主体", CLERK),
    YIELDS("/p/yields", "核定亩产", "scale", "主体", CLERK),
    MEMBERS("/p/members", "成员", "users", "主体", CLERK),

    LAB("/lab", "检测任务", "flask", "", LABORATORY),

    RECEIVE("/r", "收货查验", "building-store", "", RETAILER),
    CHECK_OFFLINE("/r/codes", "离线验码", "download", "", RETAILER, ASSOCIATION),
    TRACE_HELD("/trace", "追溯", "git-branch", "", RETAILER, ASSOCIATION),

    WORKBENCH("/s", "工作台", "home", "", SUPERVISOR, CITY_MANAGER, ADMINISTRATOR),
    APPLICATIONS(
            "/s/applications",
            "评价申请",
            "inbox",
            "评价",
            SUPERVISOR,
            CITY_MANAGER,
            EVALUATOR,
            ADMINISTRATOR),
    LICENCES("/s/licences", "授权与证书", "award", "评价", SUPERVISOR, CITY_MANAGER, ADMINISTRATOR),
    ALERTS("/s/alerts", "预警", "bell", "监管", SUPERVISOR, CITY_MANAGER, ADMINISTRATOR),
    RECALLS("/s/recalls", "召回", "arrow-back-up", "监管", SUPERVISOR, CITY_MANAGER, ADMINISTRATOR),
    COMPLAINTS(
            "/s/complaints",
            "投诉举报",
            "message-report",
            "监管",
            SUPERVISOR,
            CITY_MANAGER,
            ADMINISTRATOR),
    REPRINTS("/s/reprints", "标签补打", "printer", "监管", SUPERVISOR, CITY_MANAGER, ADMINISTRATOR),
    ALL_LOTS("/s/lots", "全部批次", "box", "追溯", SUPERVISOR, CITY_MANAGER, ADMINISTRATOR),

    TRACE("/trace", "追溯查询", "git-branch", "追溯", SUPERVISOR, CITY_MANAGER, EVALUATOR, ADMINISTRATOR),

    ENTITIES("/s/entities", "主体与基地", "building", "追溯", SUPERVISOR, CITY_MANAGER, ADMINISTRATOR),

    TRUST_IN_CODES("/s/codes", "码与密钥", "key", "追溯", SUPERVISOR, CITY_MANAGER, ADMINISTRATOR),

    SEASON_CAPS("/s/yields", "核定亩产", "scale", "追溯", SUPERVISOR, CITY_MANAGER, ADMINISTRATOR),

    ACCOUNTS("/a/accounts", "账号", "users", "系统", ADMINISTRATOR),
    KEYS("/a/keys", "接口密钥", "key", "系统", ADMINISTRATOR);

    private final String address;
    private final String text;
    private final String icon;
    private final String group;
    private final Set<Role> roles;

    Nav(String address, String text, String icon, String group, Role... roles) {
        this.address = address;
        this.text = text;
        this.icon = icon;
        this.group = group;
        this.roles = Set.of(roles);
    }

    public String address() {
        return address;
    }

    public String text() {
        return text;
    }

    public String icon() {
        return icon;
    }

    public Set<Role> roles() {
        return roles;
    }

    /** The page a role starts its day on. */
    public static String home(Role role) {
        return Arrays.stream(values())
                .filter(n -> n.roles.contains(role))
                .map(n -> n.address)
                .findFirst()
                .orElse("/me");
    }

    /** What a role finds at the side, with how much waits behind it. */
    static List<Group> groups(Role role, Map<String, Long> waiting) {
        return Arrays.stream(values())
                .filter(n -> n.roles.contains(role))
                .collect(
                        Collectors.groupingBy(
                                n -> n.group,
                                java.util.LinkedHashMap::new,
                                Collectors.mapping(
                                        n ->
                                                new Entry(
                                                        n.address,
                                                        n.address,
                                                        n.text,
                                                        n.icon,
                                                        waiting.getOrDefault(n.address, 0L)),
                                        Collectors.toList())))
                .entrySet()
                .stream()
                .map(e -> new Group(e.getKey(), e.getValue()))
                .toList();
    }

    /** Entries under one heading; the first group has none. */
    public record Group(String heading, List<Entry> entries) {}

    /** One entry; its key is its address. */
    public record Entry(String key, String address, String text, String icon, long waiting) {}
}
