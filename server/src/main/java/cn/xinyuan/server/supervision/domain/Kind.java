package cn.xinyuan.server.supervision.domain;

/** What an alert is about. */
public enum Kind {
    REFUSAL("系统拒绝"),
    FAILED_REPORT("检测不合格"),
    SUSPICIOUS_CODE("可疑码"),
    COMPLAINT("投诉举报"),
    LICENCE("授权变动"),
    RECALL("召回");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
