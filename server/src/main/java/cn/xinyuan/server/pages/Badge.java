package cn.xinyuan.server.pages;

/**
 * Every status word of the product, once, with its icon and its tone: meaning never hangs on a
 * colour alone.
 */
public enum Badge {
    // applications
    DRAFT("草稿", Tone.WAIT, "edit"),
    SUBMITTED("待审核", Tone.WAIT, "clock"),
    IN_REVIEW("审核中", Tone.GO, "player-play"),
    SENT_BACK("退回补正", Tone.WARN, "arrow-back-up"),
    ON_SITE("核查中", Tone.GO, "player-play"),
    RECTIFYING("整改中", Tone.WARN, "refresh"),
    SAMPLING("抽样中", Tone.LAB, "flask"),
    TESTING("检测中", Tone.LAB, "flask"),
    TEST_FAILED("检测不合格", Tone.BAD, "x"),
    PANEL("评审中", Tone.GO, "users"),
    PUBLIC_NOTICE("公示中", Tone.PUB, "speakerphone"),
    OBJECTED("公示异议", Tone.WARN, "message-report"),
    TO_GRANT("待发证", Tone.OK, "award"),
    GRANTED("已授权", Tone.OK, "award"),
    NOT_GRANTED("不予授权", Tone.BAD, "x"),
    // licences and certificates
    IN_FORCE("有效", Tone.OK, "circle-check"),
    ENDING_SOON("即将到期", Tone.WARN, "clock"),
    SUSPENDED("暂停", Tone.WARN, "hand-stop"),
    REVOKED("撤销", Tone.BAD, "ban"),
    CANCELLED("注销", Tone.WAIT, "x"),
    EXPIRED("过期", Tone.WAIT, "clock"),
    // lots
    UNTESTED("待检", Tone.WAIT, "flask"),
    PASSED("合格", Tone.OK, "check"),
    FAILED("不合格", Tone.BAD, "x"),
    INCONCLUSIVE("无法判定", Tone.WARN, "help-circle"),
    FREE("正常", Tone.OK, "check"),
    HELD("冻结", Tone.BAD, "lock"),
    SHIPPED("已发货", Tone.GO, "truck"),
    IN_TRANSIT("在途", Tone.GO, "truck"),
    RECEIVED("已收货", Tone.OK, "check"),
    RECALLED("召回中", Tone.BAD, "alert-triangle"),
    RECALL_CLOSED("召回已结束", Tone.WAIT, "check"),
    DESTROYED("已销毁", Tone.WAIT, "trash"),
    CERTIFIED("已开合格证", Tone.OK, "file-certificate"),
    NOT_CERTIFIED("未开合格证", Tone.WAIT, "file-certificate"),
    UNBALANCED("数量不平", Tone.WARN, "scale"),
    // codes
    NOT_ACTIVATED("未激活", Tone.WAIT, "qrcode"),
    ACTIVATED("已激活", Tone.OK, "qrcode"),
    SUSPICIOUS("异常", Tone.WARN, "alert-triangle"),
    VOIDED("作废", Tone.BAD, "ban"),
    // reports
    REPORT_DRAFT("待复核", Tone.WAIT, "clock"),
    REPORT_RELEASED("已签发", Tone.OK, "check"),
    REPORT_AMENDED("已更正", Tone.WARN, "history"),
    SAMPLE_WAITING("待检测", Tone.WAIT, "flask"),
    // alerts and complaints
    FOUND("待派单", Tone.WARN, "bell"),
    ASSIGNED("办理中", Tone.GO, "player-play"),
    HANDLED("待复核", Tone.PUB, "eye"),
    CLOSED("已办结", Tone.WAIT, "check"),
    OVERDUE("超期", Tone.BAD, "alert-triangle"),
    HIGH("高", Tone.BAD, "alert-triangle"),
    MIDDLE("中", Tone.WARN, "alert-triangle"),
    LOW("低", Tone.WAIT, "info-circle"),
    // farm
    MAY_HARVEST("可采收", Tone.OK, "check"),
    MUST_WAIT("间隔期内", Tone.WARN, "clock"),
    CORRECTED("已更正", Tone.WAIT, "history"),
    YIELD_AGREED("已核定", Tone.OK, "check"),
    YIELD_OPEN("未核定", Tone.WARN, "clock"),
    // accounts and keys
    ACTIVE("启用", Tone.OK, "check"),
    DISABLED("停用", Tone.WAIT, "ban"),
    LOCKED("已锁定", Tone.BAD, "lock"),
    DEMO("演示", Tone.WARN, "info-circle");

    /** The tints of the design system. */
    enum Tone {
        GO("b-go"),
        OK("b-ok"),
        WAIT("b-wait"),
        WARN("b-warn"),
        BAD("b-bad"),
        PUB("b-pub"),
        LAB("b-lab");

        private final String css;

        Tone(String css) {
            this.css = css;
        }
    }

    private final String word;
    private final Tone tone;
    private final String icon;

    Badge(String word, Tone tone, String icon) {
        this.word = word;
        this.tone = tone;
        this.icon = icon;
    }

    public String word() {
        return word;
    }

    public String css() {
        return tone.css;
    }

    public String icon() {
        return icon;
    }
}
