package cn.xinyuan.postgres;

import org.jspecify.annotations.Nullable;

/** The database could not be started; the message is one sentence for the operator. */
public final class PostgresFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PostgresFailed(String sentence) {
        super(sentence);
    }

    public PostgresFailed(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
