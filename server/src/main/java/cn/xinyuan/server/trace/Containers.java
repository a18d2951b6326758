package cn.xinyuan.server.trace;

/** Containers and other things that events name by a GS1 key. */
public interface Containers {

    /**
     * Whether any event, of ours or captured, names a thing. Who it is shown to is another matter.
     *
     * @param identifier in any spelling
     */
    boolean isKnown(String identifier);
}
