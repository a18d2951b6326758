package cn.xinyuan.epcis;

/** What a finding does to the event, or the document, that it is about. */
public enum Severity {
    /** Nothing: it is not told. */
    PASS,
    /** It is told, and the event is kept. */
    WARN,
    /** The event is refused. */
    REFUSE
}
