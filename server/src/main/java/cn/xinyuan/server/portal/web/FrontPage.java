package cn.xinyuan.server.portal.web;

/** The front page in words. */
public record FrontPage(
        boolean english,
        String city,
        String mark,
        String operator,
        String hotline,
        long licences,
        long products,
        String edition) {
    public String say(String chinese, String other) {
        return english ? other : chinese;
    }
}
