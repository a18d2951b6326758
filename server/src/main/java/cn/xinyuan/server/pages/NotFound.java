package cn.xinyuan.server.pages;

/**
 * There is no such thing, or the visitor may not know whether there is: both are answered 404 with
 * the same words, so that nobody can guess another's records.
 */
public final class NotFound extends RuntimeException {
    public NotFound(String what) {
        super(what);
    }
}
