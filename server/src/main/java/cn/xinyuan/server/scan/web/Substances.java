package cn.xinyuan.server.scan.web;

import java.util.Map;

/** Common names of pesticides (ISO 1750) for readers of English; others keep their Chinese name. */
final class Substances {

    private static final Map<String, String> ENGLISH =
            Map.ofEntries(
                    Map.entry("氯氟氰菊酯和高效氯氟氰菊酯", "cyhalothrin and lambda-cyhalothrin"),
                    Map.entry("高效氯氟氰菊酯", "lambda-cyhalothrin"),
                    Map.entry("喹啉铜", "oxine-copper"),
                    Map.entry("草甘膦", "glyphosate"),
                    Map.entry("氯氰菊酯和高效氯氰菊酯", "cypermethrin and beta-cypermethrin"),
                    Map.entry("高效氯氰菊酯", "beta-cypermethrin"),
                    Map.entry("顺式氯氰菊酯", "alpha-cypermethrin"),
                    Map.entry("毒死蜱", "chlorpyrifos"),
                    Map.entry("多菌灵", "carbendazim"),
                    Map.entry("咪鲜胺和咪鲜胺锰盐", "prochloraz and its manganese salt"),
                    Map.entry("咪鲜胺", "prochloraz"),
                    Map.entry("嘧菌酯", "azoxystrobin"),
                    Map.entry("吡唑醚菌酯", "pyraclostrobin"),
                    Map.entry("苯醚甲环唑", "difenoconazole"),
                    Map.entry("溴氰菊酯", "deltamethrin"),
                    Map.entry("代森锰锌", "mancozeb"),
                    Map.entry("代森联", "metiram"),
                    Map.entry("丙森锌", "propineb"),
                    Map.entry("双炔酰菌胺", "mandipropamid"),
                    Map.entry("氰霜唑", "cyazofamid"),
                    Map.entry("霜脲氰", "cymoxanil"),
                    Map.entry("甲霜灵和精甲霜灵", "metalaxyl and metalaxyl-M"),
                    Map.entry("甲霜灵", "metalaxyl"),
                    Map.entry("精甲霜灵", "metalaxyl-M"),
                    Map.entry("腈菌唑", "myclobutanil"),
                    Map.entry("马拉硫磷", "malathion"),
                    Map.entry("三乙膦酸铝", "fosetyl-aluminium"),
                    Map.entry("三唑磷", "triazophos"),
                    Map.entry("三唑酮", "triadimefon"),
                    Map.entry("春雷霉素", "kasugamycin"),
                    Map.entry("多效唑", "paclobutrazol"),
                    Map.entry("百菌清", "chlorothalonil"),
                    Map.entry("氟吗啉", "flumorph"),
                    Map.entry("敌百虫", "trichlorfon"),
                    Map.entry("敌敌畏", "dichlorvos"),
                    Map.entry("氰戊菊酯", "fenvalerate"),
                    Map.entry("甲氰菊酯", "fenpropathrin"),
                    Map.entry("辛硫磷", "phoxim"),
                    Map.entry("氧乐果", "omethoate"),
                    Map.entry("克百威", "carbofuran"),
                    Map.entry("乙酰甲胺磷", "acephate"),
                    Map.entry("氧化亚铜", "cuprous oxide"),
                    Map.entry("烯酰吗啉", "dimethomorph"),
                    Map.entry("氟吡菌酰胺", "fluopyram"),
                    Map.entry("肟菌酯", "trifloxystrobin"),
                    Map.entry("氯虫苯甲酰胺", "chlorantraniliprole"),
                    Map.entry("除虫脲", "diflubenzuron"));

    private Substances() {}

    static String english(String chinese) {
        return ENGLISH.getOrDefault(chinese, chinese);
    }
}
