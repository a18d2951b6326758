package cn.xinyuan.server.access;

import cn.xinyuan.server.pages.Choice;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The parties an account may act for, by name; {@code parties} knows, which lies above access. */
public interface PartyNames {

    /** Every party, its id as the value. */
    List<Choice> choices();

    Optional<String> nameOf(UUID party);
}
