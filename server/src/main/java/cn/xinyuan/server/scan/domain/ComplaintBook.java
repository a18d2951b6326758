package cn.xinyuan.server.scan.domain;

import cn.xinyuan.server.scan.Scans;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where complaints are kept. */
public interface ComplaintBook {

    /**
     * Stores a complaint.
     *
     * @param once a value used once by the form; a second complaint with it is the same complaint
     * @return the number under which it is stored, that of the first one if it came twice
     */
    String add(
            String number,
            String once,
            @Nullable String code,
            @Nullable UUID party,
            @Nullable String district,
            String about,
            String text,
            @Nullable String phone,
            Instant at);

    Optional<Scans.Complaint> find(String number);

    /** The district a complaint belongs to; empty when the code is unknown. */
    Optional<String> district(String number);

    /** Complaints of districts (and those of no district), newest first. */
    List<Scans.Complaint> all(int atMost);

    void answer(String number, String answer, String by, Instant at);
}
