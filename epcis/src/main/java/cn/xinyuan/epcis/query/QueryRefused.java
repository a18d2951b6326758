package cn.xinyuan.epcis.query;

/** A query that cannot be answered as it was put, and what to do. */
public final class QueryRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String why;

    QueryRefused(String parameter, String why) {
        super(parameter + " " + why);
        this.parameter = parameter;
        this.why = why;
    }

    /** The parameter that is not understood. */
    public String parameter() {
        return parameter;
    }

    /** What is wrong with it, to be read after its name. */
    public String why() {
        return why;
    }
}
