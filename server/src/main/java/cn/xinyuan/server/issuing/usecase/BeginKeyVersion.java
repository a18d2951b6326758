package cn.xinyuan.server.issuing.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.server.issuing.domain.CodeKeys;
import cn.xinyuan.server.journal.Journal;
import cn.xinyuan.server.pages.Problems;
import cn.xinyuan.server.pages.Visitor;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An administrator begins a new key version: new orders take it, all older codes go on. */
@Component
public class BeginKeyVersion {

    private final CodeKeys keys;
    private final Journal journal;
    private final Clock clock;

    BeginKeyVersion(CodeKeys keys, Journal journal, Clock clock) {
        this.keys = keys;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * @param expected the version that the caller takes for the newest, so that a button pressed
     *     twice begins one version
     * @return the new version
     * @throws Problems when another version is the newest
     * @throws cn.xinyuan.server.pages.Refused {@code no-key-version-left}
     */
    @Transactional
    public int begin(Visitor by, int expected) {
        int current = keys.current();
        if (expected != current) {
            throw Problems.of("current", "请输入当前的密钥版本号 " + current + " 以确认。");
        }
        int version = keys.begin();
        journal.append(
                "code-key/1",
                "key %d\nby %s\nat %s\n"
                        .formatted(version, by.account(), clock.instant())
                        .getBytes(UTF_8));
        return version;
    }
}
