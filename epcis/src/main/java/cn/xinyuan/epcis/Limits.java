package cn.xinyuan.epcis;

/**
 * How much a document may hold. What is larger is refused in words before it fills the memory; how
 * many events a document may have is for the caller to say.
 */
public final class Limits {

    /** Levels of objects, arrays or elements. */
    public static final int DEEPEST = 64;

    /** Characters of one text. */
    public static final int LONGEST_TEXT = 1_000_000;

    /** Characters of one XML tag with its attributes, comment or processing instruction. */
    public static final int LONGEST_TAG = 1_000_000;

    /** Attributes of one XML element, declarations of namespaces included. */
    public static final int MOST_ATTRIBUTES = 200;

    /** Texts, numbers, lists and objects in one event, or in the header. */
    public static final int MOST_VALUES = 200_000;

    private Limits() {}
}
