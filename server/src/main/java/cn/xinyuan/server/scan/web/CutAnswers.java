package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.scan.domain.Finding.Why;
import cn.xinyuan.server.scan.domain.Story;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers cut answers by the story they were drawn from. They need no invalidation of their own:
 * a story that was forgotten never comes back, and what was drawn from it is let go when room is
 * needed.
 */
@Component
class CutAnswers {

    /**
     * Which answer of a story.
     *
     * @param story null for codes that nobody issued
     */
    record Kind(@Nullable Story story, Why why, Form form) {}

    /** A page in one of its forms, or its JSON twin. */
    enum Form {
        CHINESE,
        ENGLISH,
        CHINESE_LARGE,
        ENGLISH_LARGE,
        JSON;

        static Form of(boolean english, boolean large) {
            if (english) {
                return large ? ENGLISH_LARGE : ENGLISH;
            }
            return large ? CHINESE_LARGE : CHINESE;
        }
    }

    private static final class Held {
        private final CutAnswer answer;
        private volatile long used = System.nanoTime();

        private Held(CutAnswer answer) {
            this.answer = answer;
        }
    }

    private final long most = Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 8);
    private final Map<Kind, Held> held = new ConcurrentHashMap<>();
    private final AtomicLong weight = new AtomicLong();

    /** What is remembered, else what is drawn now. */
    CutAnswer get(Kind kind, Supplier<String> draw) {
        Held known = held.get(kind);
        if (known == null) {
            known = new Held(CutAnswer.of(draw.get()));
            if (held.put(kind, known) == null && weight.addAndGet(known.answer.weight()) > most) {
                letGo();
            }
        } else {
            known.used = System.nanoTime();
        }
        return known.answer;
    }

    private synchronized void letGo() {
        for (var entry :
                held.entrySet().stream()
                        .sorted(Comparator.comparingLong(e -> e.getValue().used))
                        .toList()) {
            if (weight.get() <= most * 3 / 4) {
                return;
            }
            Held gone = held.remove(entry.getKey());
            if (gone != null) {
                weight.addAndGet(-gone.answer.weight());
            }
        }
    }
}
