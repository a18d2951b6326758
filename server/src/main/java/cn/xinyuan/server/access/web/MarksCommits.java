package cn.xinyuan.server.access.web;

import cn.xinyuan.server.access.domain.Answers;
import cn.xinyuan.server.access.web.OnlyOnce.CarriedOut;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Writes into each transaction of a keyed request that it commits. When the program is killed
 * between that commit and the answer, the request is known to be done and is not done again.
 */
@Component
class MarksCommits implements TransactionExecutionListener {

    private final ObjectProvider<Answers> answers;

    MarksCommits(ObjectProvider<Answers> answers) {
        this.answers = answers;
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        CarriedOut request = OnlyOnce.carriedOut();
        if (request != null && changes(transaction)) {
            answers.getObject().markCommitted(request.keyed());
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        CarriedOut request = OnlyOnce.carriedOut();
        if (request != null && failure == null && changes(transaction)) {
            request.committed();
        }
    }

    private static boolean changes(TransactionExecution transaction) {
        return transaction.isNewTransaction() && !transaction.isReadOnly();
    }
}
