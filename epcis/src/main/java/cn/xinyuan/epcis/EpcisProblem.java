package cn.xinyuan.epcis;

/**
 * Something wrong or doubtful in a document.
 *
 * @param pointer the place, as a JSON pointer (RFC 6901) from the root of what was read; empty for
 *     the whole
 * @param grave whether it keeps the event out; a warning otherwise
 * @param text what is wrong
 * @param fix how to mend it
 */
public record EpcisProblem(String pointer, boolean grave, String text, String fix) {

    public static EpcisProblem grave(String pointer, String text, String fix) {
        return new EpcisProblem(pointer, true, text, fix);
    }

    public static EpcisProblem warning(String pointer, String text, String fix) {
        return new EpcisProblem(pointer, false, text, fix);
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "document" : pointer) + ": " + text + "; " + fix;
    }
}
