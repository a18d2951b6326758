package cn.xinyuan.server.pages;

/** Who stands behind a claim: every claim on every page carries one. */
public enum Evidence {
    OFFICIAL("监管核验", "Verified by authority", "gov", "shield-check"),
    LABORATORY("机构检测", "Laboratory test", "lab", "flask"),
    DEVICE("设备记录", "Device record", "dev", "device-mobile"),
    SELF_DECLARED("企业自报", "Declared by producer", "self", "user"),
    MISSING("未提供", "Not provided", "none", "help-circle");

    private final String word;
    private final String english;
    private final String css;
    private final String icon;

    Evidence(String word, String english, String css, String icon) {
        this.word = word;
        this.english = english;
        this.css = css;
        this.icon = icon;
    }

    public String word() {
        return word;
    }

    public String english() {
        return english;
    }

    public String css() {
        return css;
    }

    public String icon() {
        return icon;
    }
}
