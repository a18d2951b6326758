/**
 * The ledger: immutable EPCIS 2.0 events, lots and their genealogy, and the quantity ledger in
 * kilograms, packs and labels. Every balance of the platform is here; nothing else keeps a second
 * one. A page, the API and an EPCIS capture end in the same command, which in one transaction
 * stores the event, posts the ledger and updates lots and genealogy, or refuses.
 *
 * <p>Events come in through {@code /epcis/capture} too. Those that speak of our goods become the
 * same commands or are refused. Those of others are evidence: kept as they came, in tables that
 * refuse change, marked when they do not balance, with the reasons; they move nothing in our own
 * ledger. The EPCIS queries show both as one repository.
 */
@ApplicationModule(
        allowedDependencies = {
            "pages",
            "access",
            "journal",
            "parties",
            "standards",
            "catalog",
            "farming",
            "farming :: events"
        })
@NullMarked
package cn.xinyuan.server.trace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
