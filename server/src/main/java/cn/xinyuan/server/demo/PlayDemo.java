package cn.xinyuan.server.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Plays the season once, at the first start on a data folder, and prints what a newcomer needs to
 * look around.
 */
@Component
@Profile("demo")
class PlayDemo {

    private final DemoSeason season;
    private final DemoLines lines;
    private final PrintStream console = System.out;

    PlayDemo(DemoSeason season, @Value("${xinyuan.data:./data}") Path data) {
        this.season = season;
        this.lines = new DemoLines(data.resolve("demo-lines.txt"));
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (!lines.exist()) {
            Instant began = Instant.now();
            var outcome = season.play(step -> console.println("season " + step));
            lines.write(words(outcome));
            console.println(
                    "season 用时 " + Duration.between(began, Instant.now()).toSeconds() + " s");
        }
        String address = address(event);
        for (String line : lines.read()) {
            console.println(
                    line.startsWith("scan ") ? line.replace(" /T/", " " + address + "/T/") : line);
        }
        console.println("ready " + address);
    }

    private static List<String> words(DemoSeason.Outcome outcome) {
        var words = new ArrayList<String>();
        outcome.logIns()
                .forEach(l -> words.add("login " + l.role() + " " + l.user() + " " + l.password()));
        outcome.keys().forEach((role, token) -> words.add("key " + role + " " + token));
        outcome.scanLines().forEach(l -> words.add("scan " + l.replace(" ", " /T/")));
        outcome.lots().forEach((name, lot) -> words.add("lot " + name + " " + lot.id()));
        return words;
    }
}
