package cn.xinyuan.server.scan.web;

import java.util.List;

/**
 * Why a Digital Link leads nowhere, and where else to go.
 *
 * @param problems each with how to mend it
 * @param ways what there is instead
 */
public record LinkAnswerPage(
        int status, String title, String text, List<String> problems, List<Way> ways) {

    /** Somewhere to go. */
    public record Way(String address, String title) {}
}
