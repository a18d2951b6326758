package cn.xinyuan.server.standards.domain;

import cn.xinyuan.server.standards.Standards.Ban;
import cn.xinyuan.server.standards.Standards.PesticideProduct;
import cn.xinyuan.server.standards.Standards.PublishedYield;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Where the editions are kept. */
public interface Shelves {

    /** What stands there now; read anew only after something was added. */
    Library library();

    /** Of one category, newest first. */
    List<PublishedYield> publishedYields(String category);

    /** Adds what is not there yet; what is there stays as it is. */
    void add(Reference reference);

    /**
     * Notes that something is known to everybody.
     *
     * @param kind {@code EDITION} or {@code BAN}
     * @return false if it was noted before
     */
    boolean announce(String kind, String subject, LocalDate day);

    /** The figures that come with the program, ready to be put on the shelves. */
    record Reference(
            List<EditionOf> editions,
            List<Clause> clauses,
            Map<String, List<String>> residues,
            List<Ban> bans,
            List<PesticideProduct> products,
            List<BrandStandard> brandStandards,
            List<PublishedYield> publishedYields) {}
}
