package cn.xinyuan.server.scan.web;

import org.jspecify.annotations.Nullable;

/** Where a complaint stands, for whoever knows its number: no phone, no words of the complaint. */
public record ComplaintPage(
        boolean english,
        boolean fresh,
        String number,
        String about,
        String code,
        String at,
        String promise,
        @Nullable String answer) {
    public String say(String chinese, String other) {
        return english ? other : chinese;
    }
}
