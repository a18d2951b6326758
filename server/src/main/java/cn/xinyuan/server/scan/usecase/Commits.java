package cn.xinyuan.server.scan.usecase;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Counts the transactions of this node that may have changed something. The count is raised before
 * whoever committed is told so: who then sees no higher count than before has missed nothing.
 */
@Component
class Commits implements TransactionExecutionListener {

    /** Transactions of this name count scans and change nothing that is remembered. */
    static final String COUNTING = "count-scans";

    private final AtomicLong count = new AtomicLong();

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failed) {
        if (!transaction.isReadOnly() && !COUNTING.equals(transaction.getTransactionName())) {
            count.incrementAndGet();
        }
    }

    /** Something was committed that this class does not see by itself. */
    void one() {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }
}
