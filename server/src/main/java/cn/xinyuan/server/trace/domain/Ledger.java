package cn.xinyuan.server.trace.domain;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The double-entry book of kilograms, packs and labels. */
public interface Ledger {

    /**
     * Posts the moves of one act: locks the accounts in a fixed order, looks that none is
     * overdrawn, writes the postings.
     *
     * @param event the EPCIS event of the act; null for plans, which move no goods
     * @throws Overdrawn before anything is written
     */
    void post(@Nullable UUID event, List<Move> moves);

    /**
     * Opens an account if need be and locks it until the end of the transaction, so that what is
     * read from it stays true until the act is posted.
     */
    BigDecimal locked(Account account);

    BigDecimal balance(Account account);

    /** The same of several accounts; zero for one to which nothing was posted. */
    Map<Account, BigDecimal> balances(Collection<Account> accounts);

    /** Whether anything was ever posted to the account. */
    boolean exists(Account account);

    /**
     * Posts once more what an event posted, with the opposite sign, under another event.
     *
     * @throws Overdrawn when what it brought has gone on since
     */
    void reverse(UUID wrong, UUID by);
}
