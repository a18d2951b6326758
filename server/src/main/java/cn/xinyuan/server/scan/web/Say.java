package cn.xinyuan.server.scan.web;

/** Says one thing in the language of the page. */
record Say(boolean english) {

    String in(String chinese, String other) {
        return english ? other : chinese;
    }

    String substance(String chinese) {
        return english ? Substances.english(chinese) : chinese;
    }
}
