package cn.xinyuan.server.farming.web;

import cn.xinyuan.server.pages.AnyoneMayCall;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What lets the record form open and save without a signal. The worker lies under {@code /f},
 * because a browser lets it answer for no more than its own folder.
 */
@Controller
@AnyoneMayCall
class FarmOutbox {

    @GetMapping("/f/sw.js")
    ResponseEntity<Resource> worker() {
        return file("sw.js", "text/javascript;charset=UTF-8");
    }

    @GetMapping("/f/app.webmanifest")
    ResponseEntity<Resource> manifest() {
        return file("app.webmanifest", "application/manifest+json;charset=UTF-8");
    }

    private static ResponseEntity<Resource> file(String name, String type) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header("Service-Worker-Allowed", "/f")
                .cacheControl(CacheControl.noCache())
                .body(new ClassPathResource("farming/" + name));
    }
}
