/**
 * The front door: what the mark promises and where to look a code up, for anyone; and, for those
 * who are signed in, the one search box that leads from a number to its page.
 */
@ApplicationModule(
        allowedDependencies = {
            "pages",
            "access",
            "parties",
            "catalog",
            "standards",
            "trace",
            "licensing",
            "certificates",
            "issuing"
        })
@NullMarked
package cn.xinyuan.server.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
