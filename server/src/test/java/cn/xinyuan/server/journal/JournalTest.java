package cn.xinyuan.server.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.xinyuan.server.TestDatabase;
import java.security.MessageDigest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.transaction.support.TransactionTemplate;

@ApplicationModuleTest
@Import(TestDatabase.class)
class JournalTest {

    @Autowired Journal journal;
    @Autowired TransactionTemplate transaction;
    @Autowired JdbcClient db;

    @Test
    void an_act_is_kept_with_its_bytes_and_their_hash() throws Exception {
        byte[] act = "xinyuan/test/1\n荔枝\n".getBytes(UTF_8);

        long number = append("test-act/1", act);

        var entry = journal.after(number - 1, 1).getFirst();
        assertThat(entry.kind()).isEqualTo("test-act/1");
        assertThat(entry.bytes()).isEqualTo(act);
        assertThat(entry.sha256()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(act));
    }

    @Test
    void what_is_rolled_back_leaves_no_entry_and_no_gap() {
        long before = append("test-act/1", new byte[] {1});
        transaction.executeWithoutResult(
                tx -> {
                    journal.append("test-act/1", new byte[] {2});
                    tx.setRollbackOnly();
                });
        assertThat(append("test-act/1", new byte[] {3})).isEqualTo(before + 1);
    }

    @Test
    void appends_at_once_get_each_a_number_of_its_own() {
        long before = append("test-act/1", new byte[] {0});
        var numbers =
                IntStream.range(0, 16)
                        .parallel()
                        .mapToLong(i -> append("test-act/1", new byte[] {(byte) i}))
                        .sorted()
                        .toArray();
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, 16).mapToLong(i -> before + i).toArray());
    }

    @Test
    void an_act_outside_a_transaction_is_refused() {
        assertThatThrownBy(() -> journal.append("test-act/1", new byte[] {1}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_database_too_refuses_to_change_or_remove_an_entry() {
        append("test-act/1", new byte[] {1});
        for (String change :
                new String[] {
                    "update journal.entry set kind = 'other/1'",
                    "delete from journal.entry",
                    "truncate journal.entry"
                }) {
            assertThatThrownBy(() -> db.sql(change).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("append-only");
        }
    }

    private long append(String kind, byte[] bytes) {
        Long number = transaction.execute(tx -> journal.append(kind, bytes));
        return number == null ? 0 : number;
    }
}
