package cn.xinyuan.epcis;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong or doubtful in a document.
 *
 * @param pointer the place: a JSON pointer (RFC 6901) from the root of what was read, or an XPath
 *     when that was XML; empty for the whole
 * @param grave whether it keeps the event out; a warning otherwise
 * @param text what is wrong
 * @param fix how to mend it
 * @param check the row of the table that it was found by; null when the document cannot be read at
 *     all
 */
public record EpcisProblem(
        String pointer, boolean grave, String text, String fix, @Nullable Check check) {

    public static EpcisProblem grave(String pointer, String text, String fix) {
        return new EpcisProblem(pointer, true, text, fix, null);
    }

    public static EpcisProblem warning(String pointer, String text, String fix) {
        return new EpcisProblem(pointer, false, text, fix, null);
    }

    /** The same at another place. */
    EpcisProblem at(String place) {
        return new EpcisProblem(place, grave, text, fix, check);
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "document" : pointer) + ": " + text + "; " + fix;
    }
}
