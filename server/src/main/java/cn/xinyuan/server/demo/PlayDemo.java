package cn.xinyuan.server.demo;

import cn.xinyuan.server.access.DemoLogIns;
import cn.xinyuan.server.pages.Role;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
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
class PlayDemo implements DemoLogIns {

    private final DemoSeason season;
    private final DemoLines lines;
    private final PrintStream console = System.out;

    PlayDemo(DemoSeason season, @Value("${xinyuan.data:./data}") Path data) {
        this.season = season;
        this.lines = new DemoLines(data.resolve("demo-lines.txt"));
    }

    @EventListener
    void on(ApplicationReadyEvent ready) {
        if (!lines.exist()) {
            console.println("season 2025 正在播放，约一分钟 · playing the season of 2025, about a minute");
            long began = System.nanoTime();
            lines.begin();
            lines.write(words(season.play(step -> console.println("season " + step))));
            console.println(
                    "season played in "
                            + Duration.ofNanos(System.nanoTime() - began).toSeconds()
                            + " s");
        }
        var address =
                "http://localhost:"
                        + ready.getApplicationContext()
                                .getEnvironment()
                                .getProperty("local.server.port");
        for (String line : lines.read()) {
            console.println(
                    line.startsWith("scan ") ? line.replace(" /", " " + address + "/") : line);
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

    /** The log-ins as the sign-in page offers them, once the season was played. */
    @Override
    public List<DemoLogIn> list() {
        if (!lines.exist()) {
            return List.of();
        }
        return lines.read().stream()
                .filter(line -> line.startsWith("login "))
                .map(line -> line.split(" "))
                .map(part -> new DemoLogIn(Role.valueOf(part[1]).word(), part[2], part[3]))
                .toList();
    }
}
