package cn.xinyuan.server.licensing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the rest of the platform may ask of licensing; standing is as of now. */
public interface Licences {

    Optional<Licence> find(UUID id);

    Optional<Licence> findByNumber(String number);

    /** The newest licence of a party for a product, whatever its standing. */
    Optional<Licence> latest(UUID party, UUID product);

    /** The licence under which a product may carry the mark on a day. */
    Optional<Licence> inForce(UUID party, UUID product, LocalDate day);

    List<Licence> of(UUID party);

    List<Licence> all();
}
